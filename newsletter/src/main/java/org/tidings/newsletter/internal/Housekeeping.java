package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.tidings.newsletter.internal.knowing.AttributeBook;
import org.tidings.site.Sql;
import org.tidings.site.Transactional;

/** Removes what is kept no longer: requests that nobody confirmed go after a week (SEC-68). */
@ApplicationScoped
@Transactional
class Housekeeping {

    private static final int UNCONFIRMED_DAYS = 7;

    private final SubscriptionBook book;
    private final Pauses pauses;
    private final Sql sql;

    @SuppressWarnings("NullAway") // for the container's proxy
    Housekeeping() {
        this(null, null, null);
    }

    @Inject
    Housekeeping(SubscriptionBook book, Pauses pauses, @NewsletterDb DataSource dataSource) {
        this.book = book;
        this.pauses = pauses;
        this.sql = new Sql(dataSource);
    }

    /** Addresses from before the mail module's hashes were kept; nothing once all have theirs. */
    void fillAddressHashes() {
        book.fillAddressHashes(10_000);
    }

    /** Safe to run on several nodes at once. */
    void tidyUp() {
        OffsetDateTime past = book.now().minusDays(UNCONFIRMED_DAYS);
        pauses.forget(book.now());
        new AttributeBook(sql).forgetOrphans();
        // The day's limit counts them.
        sql.update(
                "delete from newsletter.sitting where expires_at < ? and created_at < ?",
                book.now(),
                book.now().minusDays(1));
        sql.update("delete from newsletter.confirmation where expires_at < ? and created_at < ?", book.now(), past);
        sql.update(
                "delete from newsletter.subscription where state = 'PENDING' and since < ? and not exists"
                        + " (select 1 from newsletter.confirmation c where c.subscriber = subscription.subscriber"
                        + " and c.newsletter = subscription.newsletter and c.used_at is null)",
                past);
        forget(sql.list(
                "select subscriber.id from newsletter.subscriber where account is null and erased_at is null"
                        + " and absorbed_into is null and deactivated_at is null and created_at < ?"
                        + " and not exists (select 1 from newsletter.subscription s where s.subscriber = subscriber.id)"
                        + " and not exists (select 1 from newsletter.confirmation c where c.subscriber = subscriber.id)"
                        + " and not exists (select 1 from newsletter.consent c where c.subscriber = subscriber.id)",
                row -> row.getObject(1, UUID.class),
                past));
    }

    private void forget(List<UUID> subscribers) {
        if (!subscribers.isEmpty()) {
            new AttributeBook(sql).forgetAll(subscribers);
            sql.update(
                    "delete from newsletter.subscriber"
                            + " where id in (select w.id from unnest(cast(? as uuid array)) as w(id))",
                    Sql.uuids(subscribers));
        }
    }
}
