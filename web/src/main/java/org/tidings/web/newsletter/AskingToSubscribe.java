package org.tidings.web.newsletter;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Set;
import org.tidings.accounts.FormMail;
import org.tidings.mail.EmailAddress;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.Subscriptions;
import org.tidings.web.access.Caller;
import org.tidings.web.access.Visitor;

/** An address was typed into a form. What is answered is the same for every address; a network that asks too often is told so. */
@RequestScoped
class AskingToSubscribe {

    @Inject
    Subscriptions subscriptions;

    @Inject
    FormMail formMail;

    @Inject
    Caller caller;

    @Inject
    Visitor visitor;

    void ask(Set<NewsletterId> newsletters, EmailAddress address) {
        ask(newsletters, address, visitor.language());
    }

    /** @param language of the words that were agreed to */
    void ask(Set<NewsletterId> newsletters, EmailAddress address, Locale language) {
        String network = formMail.networkOf(caller.client());
        formMail.admit(network);
        subscriptions.request(newsletters, address, language, network);
    }
}
