package org.tidings.newsletter.internal.webhooks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tidings.newsletter.WebhookEvent;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.Sql;

/** Writes down what happened for every webhook that wants to hear of it, in the caller's transaction: what is rolled back has not happened. */
@ApplicationScoped
public class Happenings {

    private final Sql sql;
    private final Clock clock;

    @SuppressWarnings("NullAway") // for the container's proxy
    Happenings() {
        this(null, null);
    }

    @Inject
    public Happenings(DataSource dataSource, Clock clock) {
        this.sql = new Sql(dataSource);
        this.clock = clock;
    }

    /** @param means how, or empty */
    public void subscription(WebhookEvent event, UUID subscription, UUID newsletter, String means) {
        listening(event).forEach(webhook -> write(webhook, event, newsletter, subscription, null, means));
    }

    public void issue(UUID issue, UUID newsletter) {
        listening(WebhookEvent.ISSUE_SENT)
                .forEach(webhook -> write(webhook, WebhookEvent.ISSUE_SENT, newsletter, null, issue, ""));
    }

    void test(UUID webhook) {
        write(webhook, WebhookEvent.TEST, null, null, null, "");
    }

    public boolean anyFor(WebhookEvent event) {
        return !listening(event).isEmpty();
    }

    private List<UUID> listening(WebhookEvent event) {
        return sql.list(
                "select id from newsletter.webhook where state = 'ON' and ' ' || events || ' ' like ?",
                row -> row.getObject(1, UUID.class),
                "% " + event.name() + " %");
    }

    private void write(
            UUID webhook,
            WebhookEvent event,
            @Nullable UUID newsletter,
            @Nullable UUID subscription,
            @Nullable UUID issue,
            String means) {
        sql.update(
                "insert into newsletter.webhook_event (id, webhook, kind, newsletter, subscription, issue, means,"
                        + " happened_at, state, attempts, status, answer)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, 'WAITING', 0, 0, '')",
                Ids.next(),
                webhook,
                event.name(),
                newsletter,
                subscription,
                issue,
                means,
                Now.by(clock));
    }
}
