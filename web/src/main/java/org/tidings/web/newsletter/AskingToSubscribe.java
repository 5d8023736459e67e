package org.tidings.web.newsletter;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tidings.accounts.FormMail;
import org.tidings.mail.EmailAddress;
import org.tidings.newsletter.AttributeValuesRejected;
import org.tidings.newsletter.AttributeView;
import org.tidings.newsletter.Attributes;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Subscriptions;
import org.tidings.web.access.Caller;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;

/** An address was typed into a form. What is answered is the same for every address; a network that asks too often is told so. */
@RequestScoped
class AskingToSubscribe {

    @Inject
    Subscriptions subscriptions;

    @Inject
    Attributes attributes;

    @Inject
    FormMail formMail;

    @Inject
    Caller caller;

    @Inject
    Visitor visitor;

    void ask(Set<NewsletterId> newsletters, EmailAddress address) {
        ask(newsletters, address, visitor.language());
    }

    /** What the newsletter's forms ask for beside the address. */
    List<AttributeView> askedBy(NewsletterView newsletter) {
        return attributes.askedBy(newsletter.id());
    }

    /**
     * Asks with what was answered besides.
     *
     * @return false if an answer was refused; the form says why
     */
    boolean ask(NewsletterView newsletter, EmailAddress address, Locale language, Form form) {
        try {
            ask(Set.of(newsletter.id()), address, language, KnownForm.read(form, askedBy(newsletter)));
            return true;
        } catch (AttributeValuesRejected e) {
            KnownForm.reject(form, e);
            return false;
        }
    }

    /** @param language of the words that were agreed to */
    void ask(Set<NewsletterId> newsletters, EmailAddress address, Locale language) {
        ask(newsletters, address, language, Map.of());
    }

    private void ask(
            Set<NewsletterId> newsletters, EmailAddress address, Locale language, Map<String, String> answers) {
        String network = formMail.networkOf(caller.client());
        formMail.admit(network);
        subscriptions.request(newsletters, address, language, network, answers);
    }
}
