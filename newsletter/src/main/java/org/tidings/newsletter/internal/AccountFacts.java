package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.Set;
import org.tidings.accounts.AccountChanged;
import org.tidings.accounts.AccountDeactivated;
import org.tidings.accounts.AccountErased;
import org.tidings.accounts.AccountOpened;
import org.tidings.accounts.AccountReactivated;
import org.tidings.mail.Outbox;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.Readers;
import org.tidings.newsletter.internal.SubscriptionBook.Subscriber;

/** Follows what happens to accounts, in the transaction in which it happens. */
@ApplicationScoped
class AccountFacts {

    private final SubscriptionBook book;
    private final Newsletters newsletters;
    private final Outbox outbox;
    private final ReaderLetters letters;

    @SuppressWarnings("NullAway") // for the container's proxy
    AccountFacts() {
        this(null, null, null, null);
    }

    @Inject
    AccountFacts(SubscriptionBook book, Newsletters newsletters, Outbox outbox, ReaderLetters letters) {
        this.book = book;
        this.newsletters = newsletters;
        this.outbox = outbox;
        this.letters = letters;
    }

    /** The mailbox was proved by the registration's link, so what was ticked there is confirmed. */
    void opened(@Observes AccountOpened event) {
        if (event.interests().isEmpty() && book.byAddress(event.address()).isEmpty()) {
            return;
        }
        Subscriber subscriber =
                book.enter(event.account(), event.address(), event.name(), event.language(), event.zone());
        for (NewsletterView newsletter : newsletters.offered()) {
            if (event.interests().contains(newsletter.id().value().toString())) {
                book.confirm(
                        subscriber.id(),
                        newsletter.id().value(),
                        Means.REGISTRATION,
                        book.keep(newsletters.wording(newsletter, event.language())));
            }
        }
        if (!event.interests().isEmpty()) {
            book.forgetErased(event.address());
        }
    }

    void changed(@Observes AccountChanged event) {
        book.byAccount(event.account())
                .ifPresent(subscriber ->
                        book.follow(subscriber, event.address(), event.name(), event.language(), event.zone()));
    }

    void deactivated(@Observes AccountDeactivated event) {
        Subscriber subscriber = book.byAccount(event.account())
                .or(() -> book.byAddress(event.address()))
                .orElse(null);
        if (subscriber != null) {
            book.endAll(subscriber.id(), Means.DEACTIVATION);
            book.deactivated(subscriber.id());
            outbox.withdraw(Readers.REALM, subscriber.id());
        }
    }

    /** What rested with the account goes on; what she left herself, before or in the meantime, stays left. */
    void reactivated(@Observes AccountReactivated event) {
        book.byAccount(event.account())
                .or(() -> book.byAddress(event.address()))
                .ifPresent(subscriber -> {
                    book.reactivated(subscriber.id());
                    book.restoreWithAccount(subscriber.id());
                });
    }

    void erased(@Observes AccountErased event) {
        Set<Subscriber> all = new LinkedHashSet<>();
        book.byAccount(event.account()).ifPresent(all::add);
        book.byAddress(event.address()).ifPresent(all::add);
        for (Subscriber subscriber : all) {
            book.erase(subscriber);
            letters.forget(subscriber.id());
        }
        book.rememberErased(event.address());
    }
}
