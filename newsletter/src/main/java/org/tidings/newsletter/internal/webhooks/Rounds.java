package org.tidings.newsletter.internal.webhooks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.tidings.newsletter.WebhookEvent;
import org.tidings.newsletter.internal.webhooks.Payload.Written;
import org.tidings.newsletter.internal.webhooks.Post.Answer;
import org.tidings.site.Now;
import org.tidings.site.Sql;
import org.tidings.site.Transactional;

/**
 * Who sends to which webhook, and what becomes of it: short transactions around sending, which has none. A lease of a minute keeps other
 * processes away; a killed one's is over by then, and its event is sent again under the same id.
 */
@ApplicationScoped
@Transactional
public class Rounds {

    static final Duration LEASE = Duration.ofMinutes(1);

    /** How long it rests after so many failures in a row. */
    private static final List<Duration> PATIENCE = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4));

    /** One that nobody takes must not stand before the others for ever: some 20 hours. */
    private static final int MOST_ATTEMPTS = 12;

    private static final int DAYS_UNTIL_OFF = 5;
    private static final int KEPT_DAYS = 30;
    private static final int GONE = 410;

    private final Clock clock;
    private final Sql sql;

    @SuppressWarnings("NullAway") // for the container's proxy
    Rounds() {
        this(null, null);
    }

    @Inject
    public Rounds(Clock clock, DataSource dataSource) {
        this.clock = clock;
        this.sql = new Sql(dataSource);
    }

    /** Those that have something waiting and nobody sending. */
    List<UUID> due() {
        OffsetDateTime now = Now.by(clock);
        return sql.list(
                "select w.id from newsletter.webhook w where w.state = 'ON' and w.next_try <= ? and w.leased_until <= ?"
                        + " and exists (select 1 from newsletter.webhook_event e"
                        + " where e.webhook = w.id and e.state = 'WAITING') order by w.next_try",
                row -> row.getObject(1, UUID.class),
                now,
                now);
    }

    /** @return whether it is this process that sends */
    boolean lease(UUID webhook, String process) {
        OffsetDateTime now = Now.by(clock);
        return sql.update(
                        "update newsletter.webhook set leased_by = ?, leased_until = ?"
                                + " where id = ? and state = 'ON' and (leased_until <= ? or leased_by = ?)",
                        process,
                        now.plus(LEASE),
                        webhook,
                        now,
                        process)
                == 1;
    }

    void release(UUID webhook, String process) {
        sql.update(
                "update newsletter.webhook set leased_until = ? where id = ? and leased_by = ?",
                Now.by(clock),
                webhook,
                process);
    }

    /** One that is to be sent. */
    record Work(String url, boolean withAddress, int secretNumber, boolean bothSecrets, Written event, byte[] body) {}

    /** The oldest that waits. */
    Optional<Work> next(UUID webhook) {
        OffsetDateTime yesterday = Now.by(clock).minusDays(1);
        Payload payload = new Payload(sql);
        return sql.first(
                        "select w.url, w.with_address, w.secret_number, w.secret_changed_at, e.id, e.kind, e.newsletter,"
                                + " e.subscription, e.issue, e.means, e.happened_at, e.attempts"
                                + " from newsletter.webhook_event e join newsletter.webhook w on w.id = e.webhook"
                                + " where e.webhook = ? and e.state = 'WAITING' and w.state = 'ON' order by e.id limit 1",
                        row -> new Work(
                                row.getString("url"),
                                row.getBoolean("with_address"),
                                row.getInt("secret_number"),
                                row.getInt("secret_number") > 1
                                        && row.getObject("secret_changed_at", OffsetDateTime.class)
                                                .isAfter(yesterday),
                                new Written(
                                        row.getObject("id", UUID.class),
                                        WebhookEvent.valueOf(row.getString("kind")),
                                        row.getObject("newsletter", UUID.class),
                                        row.getObject("subscription", UUID.class),
                                        row.getObject("issue", UUID.class),
                                        row.getString("means"),
                                        row.getObject("happened_at", OffsetDateTime.class),
                                        row.getInt("attempts")),
                                new byte[0]),
                        webhook)
                .map(work -> new Work(
                        work.url(),
                        work.withAddress(),
                        work.secretNumber(),
                        work.bothSecrets(),
                        work.event(),
                        payload.of(work.event(), work.withAddress())));
    }

    /** Whether the next may be sent at once, and whether this was the end of it. */
    enum Then {
        GO_ON,
        REST,
        SWITCHED_OFF
    }

    Then record(UUID webhook, Written event, Answer answer) {
        OffsetDateTime now = Now.by(clock);
        boolean giveUp = !answer.taken() && event.attempts() + 1 >= MOST_ATTEMPTS;
        sql.update(
                "update newsletter.webhook_event set state = ?, attempts = attempts + 1, tried_at = ?, status = ?,"
                        + " answer = ? where id = ?",
                answer.taken() ? "TAKEN" : giveUp ? "GIVEN_UP" : "WAITING",
                now,
                answer.status(),
                answer.words(),
                event.id());
        return answer.taken() ? well(webhook) : failed(webhook, answer, now);
    }

    private Then well(UUID webhook) {
        sql.update(
                "update newsletter.webhook set failures = 0, failing_since = null where id = ? and failures > 0",
                webhook);
        return Then.GO_ON;
    }

    private Then failed(UUID webhook, Answer answer, OffsetDateTime now) {
        int failures = (int) sql.number("select failures from newsletter.webhook where id = ?", webhook);
        Duration rest = PATIENCE.get(Math.min(failures, PATIENCE.size() - 1));
        sql.update(
                "update newsletter.webhook set failures = failures + 1, next_try = ?,"
                        + " failing_since = coalesce(failing_since, cast(? as timestamp with time zone)) where id = ?",
                now.plus(rest),
                now,
                webhook);
        boolean over = answer.status() == GONE
                || sql.update(
                                "update newsletter.webhook set failures = failures where id = ? and failing_since <= ?",
                                webhook,
                                now.minusDays(DAYS_UNTIL_OFF))
                        == 1;
        if (!over) {
            return Then.REST;
        }
        sql.update("update newsletter.webhook set state = 'FAILED' where id = ? and state = 'ON'", webhook);
        return Then.SWITCHED_OFF;
    }

    /** What is over is kept for a month. */
    void forget() {
        sql.update(
                "delete from newsletter.webhook_event where state <> 'WAITING' and happened_at < ?",
                Now.by(clock).minusDays(KEPT_DAYS));
    }
}
