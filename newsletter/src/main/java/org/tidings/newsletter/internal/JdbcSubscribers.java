package org.tidings.newsletter.internal;

import de.siegmar.fastcsv.writer.CsvWriter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AuditLog;
import org.tidings.mail.SearchWords;
import org.tidings.mail.TimeZones;
import org.tidings.newsletter.ConsentView;
import org.tidings.newsletter.ImportReport;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterUnknown;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.SubscriberId;
import org.tidings.newsletter.SubscriberView;
import org.tidings.newsletter.Subscribers;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.newsletter.SubscriptionView;
import org.tidings.site.Transactional;

/** Subscribers in the database, for publishers. */
@ApplicationScoped
@Transactional
class JdbcSubscribers implements Subscribers {

    private static final int PAGE = 1_000;
    private static final String SELECT =
            "select s.id, s.subscriber, s.state, s.since, s.confirmed_at, s.reason, p.address, p.name, p.language, p.zone, p.account"
                    + " from newsletter.subscription s join newsletter.subscriber p on p.id = s.subscriber ";

    private final Jdbc jdbc;
    private final SubscriptionBook book;
    private final Newsletters newsletters;
    private final AuditLog auditLog;
    private final Settings settings;

    @SuppressWarnings("NullAway") // for the container's proxy
    JdbcSubscribers() {
        this(null, null, null, null, null);
    }

    @Inject
    JdbcSubscribers(
            @NewsletterDb DataSource dataSource,
            SubscriptionBook book,
            Newsletters newsletters,
            AuditLog auditLog,
            Settings settings) {
        this.jdbc = new Jdbc(dataSource);
        this.book = book;
        this.newsletters = newsletters;
        this.auditLog = auditLog;
        this.settings = settings;
    }

    @Override
    public Map<SubscriptionState, Long> count(NewsletterId newsletter) {
        Map<SubscriptionState, Long> counts = new EnumMap<>(SubscriptionState.class);
        for (SubscriptionState state : SubscriptionState.values()) {
            counts.put(state, 0L);
        }
        jdbc.query(
                "select state, count(*) from newsletter.subscription where newsletter = ? and merged_into is null"
                        + " group by state",
                row -> counts.put(SubscriptionState.valueOf(row.getString(1)), row.getLong(2)),
                newsletter.value());
        return counts;
    }

    @Override
    public List<SubscriberView> find(
            NewsletterId newsletter,
            String search,
            @Nullable SubscriptionState state,
            @Nullable UUID after,
            int limit) {
        return rows(newsletter, search, state, after, limit, JdbcSubscribers::view);
    }

    private <T> List<T> rows(
            NewsletterId newsletter,
            String search,
            @Nullable SubscriptionState state,
            @Nullable UUID after,
            int limit,
            Jdbc.Row<T> row) {
        if (limit < 1 || limit > PAGE) {
            throw new IllegalArgumentException("limit must be 1 to 1,000");
        }
        StringBuilder sql =
                new StringBuilder(SELECT).append("where s.newsletter = ? and s.id > ? and s.merged_into is null");
        List<Object> arguments = new ArrayList<>();
        arguments.add(newsletter.value());
        arguments.add(after == null ? new UUID(0, 0) : after);
        if (state != null) {
            sql.append(" and s.state = ?");
            arguments.add(state.name());
        }
        SearchWords words = SearchWords.of(search);
        if (!words.isEmpty()) {
            sql.append(" and s.subscriber in (select q.id from newsletter.subscriber q where ")
                    .append(words.condition(List.of("q.canonical", "q.address", "q.name"), arguments))
                    .append(")");
        }
        // As the index has it: H2 does not see that one newsletter's are in order by id alone, and sorts them all.
        sql.append(" order by s.newsletter, s.id limit ?");
        arguments.add(limit);
        return jdbc.query(sql.toString(), row, arguments.toArray());
    }

    private static SubscriberView view(ResultSet row) throws SQLException {
        return new SubscriberView(
                new SubscriberId(row.getObject("subscriber", UUID.class)),
                row.getObject("id", UUID.class),
                Optional.ofNullable(row.getString("address")).orElse(""),
                row.getString("name"),
                TimeZones.known(row.getString("zone")),
                row.getObject("account") != null,
                SubscriptionState.valueOf(row.getString("state")),
                row.getObject("since", OffsetDateTime.class),
                Optional.ofNullable(row.getString("reason")).map(Means::valueOf));
    }

    @Override
    public Map<UUID, SubscriberView> bySubscription(Collection<UUID> subscriptions) {
        Map<UUID, SubscriberView> views = new LinkedHashMap<>();
        if (!subscriptions.isEmpty()) {
            jdbc.query(
                            SELECT + "where p.address is not null and s.id in"
                                    + " (select w.id from unnest(cast(? as uuid array)) as w(id))",
                            JdbcSubscribers::view,
                            Jdbc.uuids(subscriptions))
                    .forEach(view -> views.put(view.subscription(), view));
        }
        return views;
    }

    @Override
    public Optional<SubscriberView> find(UUID subscription) {
        return Optional.ofNullable(bySubscription(List.of(subscription)).get(subscription));
    }

    @Override
    public List<ConsentView> consents(SubscriberId subscriber) {
        return book.consents(subscriber.value());
    }

    @Override
    public List<SubscriptionView> of(SubscriberId subscriber) {
        return JdbcSubscriptions.views(book, newsletters, subscriber.value());
    }

    @Override
    public void unsubscribe(UUID subscription, AccountId by) {
        if (book.end(subscription, Means.STAFF)) {
            auditLog.record(by, "unsubscribe-subscriber", "subscription", subscription, "");
        }
    }

    @Override
    public ImportReport importFrom(NewsletterId newsletter, InputStream csv, String basis, boolean dryRun, AccountId by)
            throws IOException {
        if (newsletters.find(newsletter).isEmpty()) {
            throw new NewsletterUnknown();
        }
        ImportReport report =
                new SubscriberImport(jdbc, book, newsletter.value(), settings.importRows()).run(csv, basis, dryRun);
        if (report.imported()) {
            auditLog.record(by, "import-subscribers", "newsletter", newsletter.value(), Long.toString(report.added()));
        }
        return report;
    }

    @Override
    public void export(NewsletterId newsletter, @Nullable SubscriptionState state, OutputStream to, AccountId by)
            throws IOException {
        Writer writer = new OutputStreamWriter(to, StandardCharsets.UTF_8);
        CsvWriter csv = CsvWriter.builder().bufferSize(8_192).build(writer);
        csv.writeRecord("address", "name", "language", "zone", "state", "since", "confirmed", "ended_by");
        long count = 0;
        UUID after = null;
        while (true) {
            List<ExportRow> page = rows(newsletter, "", state, after, PAGE, JdbcSubscribers::exportRow);
            for (ExportRow row : page) {
                if (!row.fields().get(0).isEmpty()) {
                    csv.writeRecord(row.fields());
                    count++;
                }
            }
            if (page.size() < PAGE) {
                break;
            }
            after = page.get(page.size() - 1).id();
        }
        csv.flush();
        writer.flush();
        auditLog.record(by, "export-subscribers", "newsletter", newsletter.value(), Long.toString(count));
    }

    private record ExportRow(UUID id, List<String> fields) {}

    private static ExportRow exportRow(ResultSet row) throws SQLException {
        return new ExportRow(
                row.getObject("id", UUID.class),
                List.of(
                        guarded(row.getString("address")),
                        guarded(row.getString("name")),
                        guarded(row.getString("language")),
                        guarded(row.getString("zone")),
                        row.getString("state"),
                        row.getObject("since", OffsetDateTime.class).toInstant().toString(),
                        Optional.ofNullable(row.getObject("confirmed_at", OffsetDateTime.class))
                                .map(at -> at.toInstant().toString())
                                .orElse(""),
                        guarded(row.getString("reason"))));
    }

    /** S55: a spreadsheet takes what begins like this for a formula. */
    static String guarded(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        return "=+-@\t\r\0".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }
}
