package org.tidings.newsletter.internal.webhooks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AuditLog;
import org.tidings.mail.SiteSecret;
import org.tidings.newsletter.NewsletterAction;
import org.tidings.newsletter.WebhookEvent;
import org.tidings.newsletter.WebhookRejected;
import org.tidings.newsletter.Webhooks;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.Sql;
import org.tidings.site.Transactional;

/** Webhooks in the database. */
@ApplicationScoped
@Transactional
public class StoredWebhooks implements Webhooks {

    private final Happenings happenings;
    private final AuditLog auditLog;
    private final WebhookSettings settings;
    private final Clock clock;
    private final Sql sql;
    private final Signature signature;

    @SuppressWarnings("NullAway") // for the container's proxy
    StoredWebhooks() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public StoredWebhooks(
            Happenings happenings,
            AuditLog auditLog,
            WebhookSettings settings,
            SiteSecret secret,
            Clock clock,
            DataSource dataSource) {
        this.happenings = happenings;
        this.auditLog = auditLog;
        this.settings = settings;
        this.clock = clock;
        this.sql = new Sql(dataSource);
        this.signature = new Signature(secret);
    }

    private static final String SELECT =
            "select w.id, w.url, w.events, w.with_address, w.state, w.created_at, w.failing_since,"
                    + " (select count(*) from newsletter.webhook_event e where e.webhook = w.id and e.state = 'WAITING') as waiting"
                    + " from newsletter.webhook w ";

    @Override
    public List<Webhook> all() {
        return sql.list(SELECT + "order by w.id", StoredWebhooks::webhook);
    }

    @Override
    public Optional<Webhook> find(UUID webhook) {
        return sql.first(SELECT + "where w.id = ?", StoredWebhooks::webhook, webhook);
    }

    private static Webhook webhook(ResultSet row) throws SQLException {
        return new Webhook(
                row.getObject("id", UUID.class),
                row.getString("url"),
                events(row.getString("events")),
                row.getBoolean("with_address"),
                State.valueOf(row.getString("state")),
                row.getObject("created_at", OffsetDateTime.class),
                Optional.ofNullable(row.getObject("failing_since", OffsetDateTime.class)),
                row.getLong("waiting"));
    }

    private static Set<WebhookEvent> events(String names) {
        return Arrays.stream(names.split(" "))
                .map(WebhookEvent::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(WebhookEvent.class)));
    }

    @Override
    public UUID add(String url, Set<WebhookEvent> events, boolean withAddress, AccountId by) {
        if (events.isEmpty()) {
            throw new WebhookRejected(WebhookRejected.Reason.NO_EVENT);
        }
        if (sql.number("select count(*) from newsletter.webhook") >= MOST) {
            throw new WebhookRejected(WebhookRejected.Reason.TOO_MANY);
        }
        Target.of(url, settings.lenient(), InetAddress::getAllByName);
        UUID id = Ids.next();
        OffsetDateTime now = Now.by(clock);
        sql.update(
                "insert into newsletter.webhook (id, url, events, with_address, state, secret_number, secret_changed_at,"
                        + " created_by, created_at, failures, next_try, leased_by, leased_until)"
                        + " values (?, ?, ?, ?, 'ON', 1, ?, ?, ?, 0, ?, '', ?)",
                id,
                url,
                EnumSet.copyOf(events).stream().map(Enum::name).collect(Collectors.joining(" ")),
                withAddress,
                now.minusDays(2),
                by.value(),
                now,
                now,
                now);
        audit(by, NewsletterAction.ADD_WEBHOOK, id);
        return id;
    }

    @Override
    public String secret(UUID webhook) {
        return signature.written(
                webhook, (int) sql.number("select secret_number from newsletter.webhook where id = ?", webhook));
    }

    @Override
    public void changeSecret(UUID webhook, AccountId by) {
        sql.update(
                "update newsletter.webhook set secret_number = secret_number + 1, secret_changed_at = ? where id = ?",
                Now.by(clock),
                webhook);
        audit(by, NewsletterAction.CHANGE_WEBHOOK, webhook);
    }

    @Override
    public void turn(UUID webhook, boolean on, AccountId by) {
        sql.update(
                "update newsletter.webhook set state = ?, failures = 0, failing_since = null, next_try = ? where id = ?",
                on ? State.ON.name() : State.OFF.name(),
                Now.by(clock),
                webhook);
        audit(by, NewsletterAction.CHANGE_WEBHOOK, webhook);
    }

    @Override
    public void remove(UUID webhook, AccountId by) {
        if (sql.update("delete from newsletter.webhook where id = ?", webhook) == 1) {
            audit(by, NewsletterAction.REMOVE_WEBHOOK, webhook);
        }
    }

    @Override
    public void test(UUID webhook, AccountId by) {
        happenings.test(webhook);
        soon(webhook);
    }

    /** Somebody waits before the page. */
    private void soon(UUID webhook) {
        sql.update("update newsletter.webhook set next_try = ? where id = ?", Now.by(clock), webhook);
    }

    @Override
    public List<Event> events(UUID webhook, int limit) {
        return sql.list(
                "select id, kind, happened_at, state, attempts, tried_at, status, answer from newsletter.webhook_event"
                        + " where webhook = ? order by id desc limit ?",
                row -> new Event(
                        row.getObject("id", UUID.class),
                        WebhookEvent.valueOf(row.getString("kind")),
                        row.getObject("happened_at", OffsetDateTime.class),
                        Outcome.valueOf(row.getString("state")),
                        row.getInt("attempts"),
                        Optional.ofNullable(row.getObject("tried_at", OffsetDateTime.class)),
                        row.getInt("status"),
                        row.getString("answer")),
                webhook,
                limit);
    }

    @Override
    public boolean resend(UUID webhook, UUID event, AccountId by) {
        boolean known = sql.update(
                        "update newsletter.webhook_event set state = 'WAITING', attempts = 0"
                                + " where id = ? and webhook = ? and state <> 'WAITING'",
                        event,
                        webhook)
                == 1;
        if (known) {
            soon(webhook);
            audit(by, NewsletterAction.CHANGE_WEBHOOK, webhook);
        }
        return known;
    }

    private void audit(AccountId by, NewsletterAction action, UUID webhook) {
        auditLog.record(by, action, "webhook", webhook, "");
    }
}
