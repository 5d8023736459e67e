package org.tidings.newsletter.internal.webhooks;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.newsletter.WebhookEvent;
import org.tidings.site.Sql;

/** What is sent: ids, a state, a time; the reader's address as it is at this moment, where that was chosen. */
final class Payload {

    private final Sql sql;

    Payload(Sql sql) {
        this.sql = sql;
    }

    /** One event as it was written down. */
    record Written(
            UUID id,
            WebhookEvent event,
            @Nullable UUID newsletter,
            @Nullable UUID subscription,
            @Nullable UUID issue,
            String means,
            OffsetDateTime happenedAt,
            int attempts) {}

    byte[] of(Written written, boolean withAddress) {
        StringBuilder json = new StringBuilder("{\"type\":")
                .append(quoted(written.event().type()))
                .append(",\"timestamp\":")
                .append(quoted(written.happenedAt().toInstant().toString()))
                .append(",\"data\":{");
        StringBuilder data = new StringBuilder();
        UUID newsletter = written.newsletter();
        if (newsletter != null) {
            add(data, "newsletter", newsletter.toString());
        }
        UUID subscription = written.subscription();
        if (subscription != null) {
            add(data, "subscription", subscription.toString());
            if (withAddress) {
                address(subscription).ifPresent(address -> add(data, "address", address));
            }
        }
        UUID issue = written.issue();
        if (issue != null) {
            add(data, "issue", issue.toString());
        }
        if (!written.means().isEmpty()) {
            add(data, "means", written.means().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        return json.append(data).append("}}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private Optional<String> address(UUID subscription) {
        return sql.first(
                        "select coalesce(p.address, '') from newsletter.subscription s"
                                + " join newsletter.subscriber p on p.id = s.subscriber where s.id = ?",
                        row -> row.getString(1),
                        subscription)
                .filter(address -> !address.isEmpty());
    }

    private static void add(StringBuilder data, String name, String value) {
        data.append(data.isEmpty() ? "" : ",").append(quoted(name)).append(':').append(quoted(value));
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == 0x7F || c == '\u2028' || c == '\u2029') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
