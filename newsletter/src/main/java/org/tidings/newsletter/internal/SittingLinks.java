package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.tidings.mail.EmailAddress;
import org.tidings.newsletter.internal.SubscriptionBook.Subscriber;
import org.tidings.site.Secrets;
import org.tidings.site.Sql;

/** Links to everything that is kept about a reader, and the sittings that they open; only hashes are stored. */
@ApplicationScoped
class SittingLinks {

    static final Duration LIFETIME = Duration.ofHours(1);

    /** SEC-23: strangers cannot fill a mailbox. */
    private static final int MAILS_A_DAY = 3;

    private final SubscriptionBook book;
    private final Sql sql;

    @SuppressWarnings("NullAway") // for the container's proxy
    SittingLinks() {
        this(null, null);
    }

    @Inject
    SittingLinks(SubscriptionBook book, @NewsletterDb DataSource dataSource) {
        this.book = book;
        this.sql = new Sql(dataSource);
    }

    /** A new link's token, unless the mailbox has had enough of them today. */
    Optional<String> add(Subscriber subscriber, EmailAddress address) {
        OffsetDateTime now = book.now();
        long today = sql.first(
                        "select count(*) from newsletter.sitting where subscriber = ? and created_at > ?",
                        row -> row.getLong(1),
                        subscriber.id(),
                        now.minusDays(1))
                .orElse(0L);
        if (today >= MAILS_A_DAY) {
            return Optional.empty();
        }
        String token = Secrets.token();
        sql.update(
                "insert into newsletter.sitting (token_hash, subscriber, address_hash, created_at, expires_at)"
                        + " values (?, ?, ?, ?, ?)",
                Secrets.sha256(token),
                subscriber.id(),
                book.addressHash(address),
                now,
                now.plus(LIFETIME));
        return Optional.of(token);
    }

    /**
     * A link whose time is not over, and that was mailed to the subscriber's address of today.
     *
     * @param browser the hash of the one that opened it; empty if none did
     */
    record Living(Subscriber subscriber, EmailAddress address, Optional<String> browser) {}

    Optional<Living> find(String token) {
        return sql.first(
                        "select subscriber, address_hash, browser from newsletter.sitting"
                                + " where token_hash = ? and expires_at > ?",
                        row -> new Row(
                                row.getObject("subscriber", UUID.class),
                                row.getObject("address_hash", UUID.class),
                                Optional.ofNullable(row.getString("browser"))),
                        Secrets.sha256(token),
                        book.now())
                .flatMap(this::living);
    }

    private record Row(UUID subscriber, UUID addressHash, Optional<String> browser) {}

    private Optional<Living> living(Row row) {
        return book.byId(row.subscriber()).filter(s -> !s.deactivated()).flatMap(subscriber -> {
            EmailAddress address = subscriber.address();
            return address == null || !book.addressHash(address).equals(row.addressHash())
                    ? Optional.empty()
                    : Optional.of(new Living(subscriber, address, row.browser()));
        });
    }

    /** Whoever gets the row first has opened it. @return whether this browser has it */
    boolean open(String token, String browserHash) {
        OffsetDateTime now = book.now();
        return sql.update(
                        "update newsletter.sitting set browser = ?, expires_at = ?"
                                + " where token_hash = ? and expires_at > ? and browser is null",
                        browserHash,
                        now.plus(LIFETIME),
                        Secrets.sha256(token),
                        now)
                == 1;
    }

    /** It counts among those of the day as before. */
    void end(String token) {
        sql.update(
                "update newsletter.sitting set expires_at = ? where token_hash = ?", book.now(), Secrets.sha256(token));
    }
}
