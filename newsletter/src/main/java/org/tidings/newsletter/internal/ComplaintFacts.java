package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.tidings.mail.AddressComplained;
import org.tidings.newsletter.Means;

/** Whoever calls a mail of ours unwanted has left every newsletter, on record, in the transaction that heard of it (BNC-06). */
@ApplicationScoped
class ComplaintFacts {

    private final SubscriptionBook book;

    @SuppressWarnings("NullAway") // for the container's proxy
    ComplaintFacts() {
        this(null);
    }

    @Inject
    ComplaintFacts(SubscriptionBook book) {
        this.book = book;
    }

    void complained(@Observes AddressComplained event) {
        event.address()
                .flatMap(book::byAddress)
                .or(() -> book.byAddressHash(event.addressHash()))
                .ifPresent(subscriber -> book.endAll(subscriber.id(), Means.COMPLAINT));
    }
}
