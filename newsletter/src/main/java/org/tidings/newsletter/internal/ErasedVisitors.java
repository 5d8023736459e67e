package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tidings.accounts.ErasuresRepeated;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.newsletter.internal.SubscriptionBook.Known;
import org.tidings.newsletter.internal.SubscriptionBook.Subscriber;

/** Subscribers without an account whom a restored backup brought back are erased again (SEC-63). */
@ApplicationScoped
class ErasedVisitors {

    private static final int CHUNK = 1_000;

    private final SubscriptionRequests requests;
    private final SubscriptionBook book;
    private final ReaderLetters letters;
    private final SuppressedAddresses suppressed;

    @SuppressWarnings("NullAway") // for the container's proxy
    ErasedVisitors() {
        this(null, null, null, null);
    }

    @Inject
    ErasedVisitors(
            SubscriptionRequests requests,
            SubscriptionBook book,
            ReaderLetters letters,
            SuppressedAddresses suppressed) {
        this.requests = requests;
        this.book = book;
        this.letters = letters;
        this.suppressed = suppressed;
    }

    void repeated(@Observes ErasuresRepeated event) {
        requests.forgetErased(event.erased());
        Optional<UUID> after = Optional.of(new UUID(0, 0));
        while (after.isPresent()) {
            List<Known> some = book.after(after.get(), CHUNK);
            for (Known known : some) {
                EmailAddress address = known.subscriber().address();
                if (address != null && event.erased().test(address, known.since())) {
                    erase(known.subscriber(), address);
                }
            }
            after = some.isEmpty()
                    ? Optional.empty()
                    : Optional.of(some.get(some.size() - 1).subscriber().id());
        }
    }

    private void erase(Subscriber subscriber, EmailAddress address) {
        book.rememberErased(address);
        suppressed.forget(address);
        book.erase(subscriber);
        letters.forget(subscriber.id());
    }
}
