package org.tidings.newsletter.internal;

import de.siegmar.fastcsv.writer.CsvWriter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AuditLog;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.SearchWords;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.mail.SuppressedAddresses.Suppressed;
import org.tidings.mail.TimeZones;
import org.tidings.newsletter.AttributeParty;
import org.tidings.newsletter.AttributeView;
import org.tidings.newsletter.Attributes;
import org.tidings.newsletter.Condition;
import org.tidings.newsletter.ConsentView;
import org.tidings.newsletter.ImportOrder;
import org.tidings.newsletter.ImportReport;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterAction;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterUnknown;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.SubscriberId;
import org.tidings.newsletter.SubscriberView;
import org.tidings.newsletter.Subscribers;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.newsletter.SubscriptionView;
import org.tidings.newsletter.Tags;
import org.tidings.newsletter.internal.importing.ImportBook;
import org.tidings.newsletter.internal.importing.SubscriberImport;
import org.tidings.newsletter.internal.knowing.AttributeBook;
import org.tidings.newsletter.internal.knowing.ConditionSql;
import org.tidings.newsletter.internal.knowing.TagBook;
import org.tidings.site.Spreadsheet;
import org.tidings.site.Sql;
import org.tidings.site.Transactional;

/** Subscribers in the database, for publishers. */
@ApplicationScoped
@Transactional
class JdbcSubscribers implements Subscribers {

    private static final int PAGE = 1_000;
    private static final String SELECT =
            "select s.id, s.subscriber, s.state, s.since, s.confirmed_at, s.reason, p.address, p.canonical, p.name, p.language, p.zone, p.account"
                    + " from newsletter.subscription s join newsletter.subscriber p on p.id = s.subscriber ";

    private static final int FEW = 1_000;

    private final Sql jdbc;
    private final SubscriptionBook book;
    private final Newsletters newsletters;
    private final SuppressedAddresses suppressed;
    private final AuditLog auditLog;
    private final Settings settings;
    private final AttributeBook attributes;
    private final TagBook tags;

    @SuppressWarnings("NullAway") // for the container's proxy
    JdbcSubscribers() {
        this(null, null, null, null, null, null);
    }

    @Inject
    JdbcSubscribers(
            @NewsletterDb DataSource dataSource,
            SubscriptionBook book,
            Newsletters newsletters,
            SuppressedAddresses suppressed,
            AuditLog auditLog,
            Settings settings) {
        this.jdbc = new Sql(dataSource);
        this.book = book;
        this.newsletters = newsletters;
        this.suppressed = suppressed;
        this.auditLog = auditLog;
        this.settings = settings;
        this.attributes = new AttributeBook(jdbc);
        this.tags = new TagBook(jdbc);
    }

    @Override
    public Map<SubscriptionState, Long> count(NewsletterId newsletter) {
        Map<SubscriptionState, Long> counts = new EnumMap<>(SubscriptionState.class);
        for (SubscriptionState state : SubscriptionState.values()) {
            counts.put(state, 0L);
        }
        jdbc.list(
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
        return find(newsletter, search, state, Condition.EVERYBODY, after, limit);
    }

    @Override
    public List<SubscriberView> find(
            NewsletterId newsletter,
            String search,
            @Nullable SubscriptionState state,
            Condition also,
            @Nullable UUID after,
            int limit) {
        return rows(newsletter, search, state, also, after, limit, JdbcSubscribers::view);
    }

    private <T> List<T> rows(
            NewsletterId newsletter,
            String search,
            @Nullable SubscriptionState state,
            Condition also,
            @Nullable UUID after,
            int limit,
            Sql.Row<T> row) {
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
        if (!also.equals(Condition.EVERYBODY)) {
            ConditionSql condition = new ConditionSql(also, attributes.byKey());
            sql.append(" and ").append(condition.text());
            arguments.addAll(condition.arguments());
        }
        // As an index has it: H2 does not see that rows which are equal in its first columns are in order by the last,
        // and sorts them all.
        String order = state == null
                ? " order by s.newsletter, s.id limit ?"
                : " order by s.newsletter, s.state, s.id limit ?";
        SearchWords words = SearchWords.of(search);
        if (!words.isEmpty()) {
            List<UUID> few = few(words);
            if (few.size() <= FEW) {
                sql.append(" and s.subscriber in (select w.id from unnest(cast(? as uuid array)) as w(id))");
                arguments.add(Sql.uuids(few));
                order = " order by s.id limit ?";
            } else {
                sql.append(" and ").append(words.condition(List.of("p.canonical", "p.address", "p.name"), arguments));
            }
        }
        sql.append(order);
        arguments.add(limit);
        return jdbc.list(sql.toString(), row, arguments.toArray());
    }

    /**
     * Everybody whom the words may mean, whatever she gets; more than {@link #FEW} if they mean many. Few are looked up by their ids, many are
     * soon found on the way through the list: what is quick for the one takes seconds for the other.
     */
    private List<UUID> few(SearchWords words) {
        List<Object> arguments = new ArrayList<>();
        String condition = words.condition(List.of("q.canonical", "q.address", "q.name"), arguments);
        arguments.add(FEW + 1);
        return jdbc.list(
                "select q.id from newsletter.subscriber q where " + condition + " limit ?",
                row -> row.getObject(1, UUID.class),
                arguments.toArray());
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
            jdbc.list(
                            SELECT + "where p.address is not null and s.id in"
                                    + " (select w.id from unnest(cast(? as uuid array)) as w(id))",
                            JdbcSubscribers::view,
                            Sql.uuids(subscriptions))
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
        if (book.end(subscription, Means.STAFF) || book.takenOff(subscription)) {
            auditLog.record(by, NewsletterAction.UNSUBSCRIBE_SUBSCRIBER, "subscription", subscription, "");
        }
    }

    @Override
    public ImportReport importFrom(NewsletterId newsletter, ImportOrder order, AccountId by) throws IOException {
        if (newsletters.find(newsletter).isEmpty()) {
            throw new NewsletterUnknown();
        }
        ImportReport report = new SubscriberImport(
                        new ImportBook(jdbc, book, suppressed, newsletter.value(), null),
                        book,
                        settings.imports(),
                        order)
                .run();
        if (report.imported()) {
            auditLog.record(
                    by,
                    NewsletterAction.IMPORT_SUBSCRIBERS,
                    "newsletter",
                    newsletter.value(),
                    Long.toString(report.added()));
        }
        return report;
    }

    @Override
    public void export(NewsletterId newsletter, @Nullable SubscriptionState state, OutputStream to, AccountId by)
            throws IOException {
        export(newsletter, state, Condition.EVERYBODY, to, by);
    }

    @Override
    public void export(
            NewsletterId newsletter, @Nullable SubscriptionState state, Condition also, OutputStream to, AccountId by)
            throws IOException {
        export(newsletter, state, also, AttributeParty.STAFF, to, by);
    }

    @Override
    public void export(
            NewsletterId newsletter,
            @Nullable SubscriptionState state,
            Condition also,
            AttributeParty sees,
            OutputStream to,
            AccountId by)
            throws IOException {
        Writer writer = new OutputStreamWriter(to, StandardCharsets.UTF_8);
        // Without the mark Excel takes UTF-8 for the letters of its own country.
        writer.write('\uFEFF');
        CsvWriter csv = CsvWriter.builder().bufferSize(8_192).build(writer);
        List<AttributeView> known =
                attributes.all().stream().filter(one -> one.seenBy(sees)).toList();
        csv.writeRecord(Stream.of(
                        List.of(
                                "address",
                                "name",
                                "language",
                                "zone",
                                "state",
                                "since",
                                "confirmed",
                                "ended_by",
                                "suppressed",
                                "suppressed_since",
                                "confirmed_ip",
                                Tags.COLUMN),
                        known.stream().map(a -> Attributes.COLUMN + a.key()).toList())
                .flatMap(List::stream)
                .toList());
        long count = 0;
        UUID after = null;
        while (true) {
            List<ExportRow> page = rows(newsletter, "", state, also, after, PAGE, this::exportRow);
            Map<UUID, Agreed> agreed = agreed(newsletter, page);
            Map<UUID, List<Suppressed>> against = suppressed.about(
                    page.stream().flatMap(row -> row.addressHash().stream()).toList());
            Known about = known(known, page);
            for (ExportRow row : page) {
                if (row.address() != null) {
                    List<String> fields = new ArrayList<>(row.fields(
                            Optional.ofNullable(agreed.get(row.subscriber())),
                            row.addressHash().map(against::get).orElse(List.of())));
                    fields.addAll(about.fields(row.subscriber()));
                    csv.writeRecord(fields);
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
        auditLog.record(
                by, NewsletterAction.EXPORT_SUBSCRIBERS, "newsletter", newsletter.value(), Long.toString(count));
    }

    /** The newest consent: when, and from where if an import brought that. */
    private record Agreed(OffsetDateTime at, String network) {}

    private Map<UUID, Agreed> agreed(NewsletterId newsletter, List<ExportRow> page) {
        Map<UUID, Agreed> agreed = new HashMap<>();
        jdbc.list(
                "select c.subscriber, c.at, c.network from unnest(cast(? as uuid array)) as u(subscriber)"
                        + " join newsletter.consent c on c.subscriber = u.subscriber"
                        + " where c.newsletter = ? and c.act = 'GIVEN'",
                row -> agreed.merge(
                        row.getObject("subscriber", UUID.class),
                        new Agreed(row.getObject("at", OffsetDateTime.class), row.getString("network")),
                        (one, other) -> other.at().isAfter(one.at()) ? other : one),
                Sql.uuids(page.stream().map(ExportRow::subscriber).toList()),
                newsletter.value());
        return agreed;
    }

    private Known known(List<AttributeView> columns, List<ExportRow> page) {
        List<UUID> readers = page.stream().map(ExportRow::subscriber).toList();
        List<UUID> ids = columns.stream().map(column -> column.id().value()).toList();
        return new Known(ids, attributes.of(readers, ids), tags.of(readers));
    }

    /** What is known about the readers of a page, in the columns' order. */
    private record Known(List<UUID> columns, Map<UUID, Map<UUID, String>> values, Map<UUID, List<String>> tags) {

        List<String> fields(UUID reader) {
            Map<UUID, String> hers = values.getOrDefault(reader, Map.of());
            return Stream.concat(
                            Stream.of(String.join(", ", tags.getOrDefault(reader, List.of()))),
                            columns.stream().map(column -> hers.getOrDefault(column, "")))
                    .map(Spreadsheet::guarded)
                    .toList();
        }
    }

    private record ExportRow(
            UUID id,
            UUID subscriber,
            @Nullable EmailAddress address,
            Optional<UUID> addressHash,
            String name,
            String language,
            String zone,
            SubscriptionState state,
            OffsetDateTime since,
            Optional<OffsetDateTime> confirmedAt,
            String reason) {

        List<String> fields(Optional<Agreed> agreed, List<Suppressed> against) {
            return List.of(
                    Spreadsheet.guarded(address == null ? "" : address.original()),
                    Spreadsheet.guarded(name),
                    language,
                    zone,
                    state.name(),
                    since.toInstant().toString(),
                    agreed.map(Agreed::at)
                            .or(() -> confirmedAt)
                            .filter(at -> state != SubscriptionState.PENDING)
                            .map(at -> at.toInstant().toString())
                            .orElse(""),
                    reason,
                    against.stream().map(one -> one.reason().name()).collect(Collectors.joining(" ")),
                    against.stream()
                            .map(one -> one.since().toInstant().toString())
                            .findFirst()
                            .orElse(""),
                    agreed.map(Agreed::network).orElse(""));
        }
    }

    private ExportRow exportRow(ResultSet row) throws SQLException {
        String original = row.getString("address");
        String canonical = row.getString("canonical");
        EmailAddress address = original == null || canonical == null ? null : new EmailAddress(original, canonical);
        return new ExportRow(
                row.getObject("id", UUID.class),
                row.getObject("subscriber", UUID.class),
                address,
                Optional.ofNullable(address).map(suppressed::hashOf),
                row.getString("name"),
                row.getString("language"),
                row.getString("zone"),
                SubscriptionState.valueOf(row.getString("state")),
                row.getObject("since", OffsetDateTime.class),
                Optional.ofNullable(row.getObject("confirmed_at", OffsetDateTime.class)),
                Optional.ofNullable(row.getString("reason")).orElse(""));
    }
}
