package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.tidings.mail.Outbox;
import org.tidings.mail.SentLetter;
import org.tidings.newsletter.Readers;
import org.tidings.site.Sql;

/** The letters of one reader: to herself, and those that belong to one of her subscriptions. */
@ApplicationScoped
class ReaderLetters {

    private final Outbox outbox;
    private final Sql sql;

    @SuppressWarnings("NullAway") // for the container's proxy
    ReaderLetters() {
        this(null, (DataSource) null);
    }

    @Inject
    ReaderLetters(Outbox outbox, @NewsletterDb DataSource dataSource) {
        this.outbox = outbox;
        this.sql = new Sql(dataSource);
    }

    List<SentLetter> of(UUID subscriber, int limit) {
        List<SentLetter> all = new ArrayList<>(outbox.lettersTo(Readers.REALM, subscriber, limit));
        subscriptionsOf(subscriber)
                .forEach(subscription -> all.addAll(outbox.lettersTo(Readers.SUBSCRIPTIONS, subscription, limit)));
        return all;
    }

    /** Removes everything that names her. */
    void forget(UUID subscriber) {
        outbox.forget(Readers.REALM, subscriber);
        subscriptionsOf(subscriber).forEach(subscription -> outbox.forget(Readers.SUBSCRIPTIONS, subscription));
    }

    /** Of entries that were merged into hers as well. */
    private List<UUID> subscriptionsOf(UUID subscriber) {
        List<UUID> all = new ArrayList<>(sql.list(
                "select id from newsletter.subscription where subscriber = ?",
                row -> row.getObject(1, UUID.class),
                subscriber));
        all.addAll(sql.list(
                "select s.id from newsletter.subscription s join newsletter.subscriber p on p.id = s.subscriber"
                        + " where p.absorbed_into = ?",
                row -> row.getObject(1, UUID.class),
                subscriber));
        return all;
    }
}
