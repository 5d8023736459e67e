package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Addressee;
import org.tidings.mail.Audience;
import org.tidings.mail.AudienceCount;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.PersonState;
import org.tidings.mail.SkipReason;
import org.tidings.mail.TimeZones;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.Readers;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.newsletter.internal.ChosenReaders.Choosing;
import org.tidings.site.Languages;
import org.tidings.site.Now;
import org.tidings.site.OddCharacter;
import org.tidings.site.Sql;

/**
 * The subscribers of an issue's newsletter, in order of subscription. Who was confirmed when the audience was frozen is in
 * it; where each stands is read live. One page is one index range over subscriptions and one look-up by key for each.
 */
@ApplicationScoped
class ReaderAudience implements Audience {

    private static final UUID FIRST = new UUID(0, 0);
    private static final EmailAddress NOBODY = new EmailAddress("", "");
    private static final String COLUMNS =
            "select s.id, s.subscriber, s.state, s.reason, p.address, p.canonical, p.name, p.language, p.zone, p.deactivated_at,"
                    + " (select z.until_when from newsletter.pause z where z.subscription = s.id) as paused ";

    /** Where this reader reads issues of newsletters that are not for everybody: the issue's id comes behind it. */
    static final String READ_SLOT = "readUrl";

    private final Sql sql;
    private final UnsubscribeTokens tokens;
    private final Settings settings;
    private final Clock clock;
    private final IssueFields fields;
    private final ChosenReaders chosen;

    @SuppressWarnings("NullAway") // for the container's proxy
    ReaderAudience() {
        this(null, null, null, null);
    }

    @Inject
    ReaderAudience(@NewsletterDb DataSource dataSource, UnsubscribeTokens tokens, Settings settings, Clock clock) {
        this.sql = new Sql(dataSource);
        this.tokens = tokens;
        this.settings = settings;
        this.clock = clock;
        this.fields = new IssueFields(sql);
        this.chosen = new ChosenReaders(sql);
    }

    @Override
    public String name() {
        return Readers.AUDIENCE;
    }

    @Override
    public List<Addressee> after(AudienceQuery query, @Nullable UUID after, int limit) {
        if (limit < 1 || limit > 5_000) {
            throw new IllegalArgumentException("limit must be 1 to 5,000");
        }
        Choosing choosing = chosen.of(query.subject());
        List<Row> rows = sql.list(
                COLUMNS + from(choosing, "join newsletter.subscriber p on p.id = s.subscriber"),
                this::row,
                page(choosing, query, after, limit));
        return addressees(query.subject(), rows);
    }

    @Override
    public List<UUID> idsAfter(AudienceQuery query, @Nullable UUID after, int limit) {
        Choosing choosing = chosen.of(query.subject());
        boolean live = !choosing.all() && !choosing.frozen();
        return sql.list(
                "select s.id " + from(choosing, live ? "join newsletter.subscriber p on p.id = s.subscriber" : ""),
                row -> row.getObject(1, UUID.class),
                page(choosing, query, after, limit));
    }

    /** A page of the audience, as one index has it; what was frozen is read by its own. */
    private static String from(Choosing choosing, String join) {
        return choosing.frozen()
                ? "from newsletter.issue_recipient r join newsletter.subscription s on s.id = r.subscription " + join
                        + " where r.issue = ? and r.subscription > ? and s.newsletter = ? and s.confirmed_at <= ?"
                        + " and (s.ended_at is null or s.ended_at > ?) order by r.issue, r.subscription limit ?"
                : "from newsletter.subscription s " + join
                        + " where s.newsletter = ? and s.id > ? and s.confirmed_at <= ?"
                        + " and (s.ended_at is null or s.ended_at > ?)"
                        + (choosing.all() ? "" : " and " + choosing.text())
                        + " order by s.newsletter, s.id limit ?";
    }

    private Object[] page(Choosing choosing, AudienceQuery query, @Nullable UUID after, int limit) {
        UUID newsletter = newsletterOf(query.subject());
        UUID from = after == null ? FIRST : after;
        return choosing.frozen()
                ? new Object[] {query.subject(), from, newsletter, query.frozenAt(), query.frozenAt(), limit}
                : choosing.with(4, newsletter, from, query.frozenAt(), query.frozenAt(), limit);
    }

    /** Asked for by itself: with a sub-select H2 reads the whole index for every page. */
    private UUID newsletterOf(UUID issue) {
        return sql.first(
                        "select newsletter from newsletter.issue where id = ?",
                        row -> row.getObject(1, UUID.class),
                        issue)
                .orElse(FIRST);
    }

    @Override
    public List<Addressee> lookUp(AudienceQuery query, Collection<UUID> recipients) {
        return addressees(
                query.subject(),
                sql.list(
                        COLUMNS + "from unnest(cast(? as uuid array)) as wanted(id)"
                                + " join newsletter.subscription s on s.id = wanted.id"
                                + " join newsletter.subscriber p on p.id = s.subscriber",
                        this::row,
                        Sql.uuids(recipients)));
    }

    @Override
    public Set<ZoneId> zones() {
        Set<ZoneId> zones = new HashSet<>();
        Optional<String> next = zoneAfter("");
        while (next.isPresent()) {
            TimeZones.known(next.get()).ifPresent(zones::add);
            next = zoneAfter(next.get());
        }
        return zones;
    }

    /** One step along the index: as dear as there are zones, however many people live in each. */
    private Optional<String> zoneAfter(String zone) {
        return sql.first(
                "select zone from newsletter.subscriber where zone > ? order by zone limit 1",
                row -> row.getString(1),
                zone);
    }

    /** How many of those who would get it now said where they live. */
    long zonesKnown(UUID issue) {
        Choosing choosing = chosen.of(issue);
        return sql.number(
                "select count(*) from newsletter.subscriber p join newsletter.subscription s on s.subscriber = p.id"
                        + " where p.zone > '' and s.newsletter = ? and s.state = 'CONFIRMED' and " + choosing.text(),
                choosing.with(1, newsletterOf(issue)));
    }

    @Override
    public AudienceCount count(AudienceQuery query) {
        Map<SkipReason, Long> leftOut = new EnumMap<>(SkipReason.class);
        long recipients = 0;
        for (Group group : groups(query.subject())) {
            if (group.state() == SubscriptionState.CONFIRMED) {
                recipients += group.count();
            } else {
                leftOut.merge(reasonOf(group), group.count(), Long::sum);
            }
        }
        long paused = paused(query.subject());
        if (paused > 0) {
            leftOut.put(SkipReason.PAUSED, paused);
        }
        return new AudienceCount(recipients - paused, leftOut);
    }

    private long paused(UUID issue) {
        Choosing choosing = chosen.of(issue);
        return sql.number(
                "select count(*) from newsletter.pause z join newsletter.subscription s on s.id = z.subscription"
                        + " join newsletter.subscriber p on p.id = s.subscriber"
                        + " where z.newsletter = ? and z.until_when > ? and s.state = 'CONFIRMED' and "
                        + choosing.text(),
                choosing.with(2, newsletterOf(issue), Now.by(clock)));
    }

    private record Group(SubscriptionState state, @Nullable String reason, long count) {}

    private List<Group> groups(UUID issue) {
        Choosing choosing = chosen.of(issue);
        return new ArrayList<>(sql.list(
                "select s.state, s.reason, count(*) from newsletter.subscription s"
                        + (choosing.all() ? "" : " join newsletter.subscriber p on p.id = s.subscriber")
                        + " where s.newsletter = ? and s.merged_into is null"
                        + (choosing.all() ? "" : " and " + choosing.text()) + " group by s.state, s.reason",
                row -> new Group(SubscriptionState.valueOf(row.getString(1)), row.getString(2), row.getLong(3)),
                choosing.with(1, newsletterOf(issue))));
    }

    private static SkipReason reasonOf(Group group) {
        if (group.state() == SubscriptionState.PENDING) {
            return SkipReason.NOT_CONFIRMED;
        }
        return switch (stateOf(SubscriptionState.UNSUBSCRIBED, group.reason(), false)) {
            case DEACTIVATED -> SkipReason.DEACTIVATED;
            case ERASED -> SkipReason.ERASED;
            default -> SkipReason.UNSUBSCRIBED;
        };
    }

    private static PersonState stateOf(SubscriptionState state, @Nullable String reason, boolean deactivated) {
        return switch (state) {
            case PENDING -> PersonState.REGISTRATION;
            case CONFIRMED -> deactivated ? PersonState.DEACTIVATED : PersonState.SUBSCRIBED;
            case UNSUBSCRIBED -> {
                if (Means.ERASURE.name().equals(reason)) {
                    yield PersonState.ERASED;
                }
                yield Means.DEACTIVATION.name().equals(reason) ? PersonState.DEACTIVATED : PersonState.UNSUBSCRIBED;
            }
        };
    }

    private PersonState unlessPaused(PersonState state, @Nullable OffsetDateTime until) {
        boolean paused = until != null && until.isAfter(Now.by(clock));
        return paused && state == PersonState.SUBSCRIBED ? PersonState.PAUSED : state;
    }

    private record Row(
            UUID id,
            UUID subscriber,
            PersonState state,
            EmailAddress address,
            String name,
            Locale language,
            Optional<ZoneId> zone) {}

    private Row row(ResultSet row) throws SQLException {
        String original = row.getString("address");
        String canonical = row.getString("canonical");
        return new Row(
                row.getObject("id", UUID.class),
                row.getObject("subscriber", UUID.class),
                unlessPaused(
                        stateOf(
                                SubscriptionState.valueOf(row.getString("state")),
                                row.getString("reason"),
                                row.getObject("deactivated_at") != null),
                        row.getObject("paused", OffsetDateTime.class)),
                original == null || canonical == null ? NOBODY : new EmailAddress(original, canonical),
                // One imported before they were refused would be refused by the mail's header for ever (REP-04).
                OddCharacter.without(row.getString("name")),
                Locale.forLanguageTag(row.getString("language")),
                TimeZones.known(row.getString("zone")));
    }

    private List<Addressee> addressees(UUID issue, List<Row> rows) {
        IssueFields.Filling filling = fields.filling(
                issue, languageOf(issue), rows.stream().map(Row::subscriber).toList());
        return rows.stream()
                .map(row -> {
                    Map<String, String> slots =
                            slots(tokens.tokenFor(row.id(), row.address()), row.name(), row.language());
                    slots.putAll(filling.of(row.subscriber(), row.name()));
                    return new Addressee(
                            row.id(), row.state(), row.address(), row.name(), row.language(), slots, row.zone());
                })
                .toList();
    }

    /** What is said by attributes is said in the language of the issue. */
    private Locale languageOf(UUID issue) {
        return sql.first(
                        "select n.language from newsletter.issue i join newsletter.newsletter n on n.id = i.newsletter"
                                + " where i.id = ?",
                        row -> Locale.forLanguageTag(row.getString(1)),
                        issue)
                .orElse(Languages.FALLBACK);
    }

    /** Whom issues go to. */
    ChosenReaders chosen() {
        return chosen;
    }

    /** What attributes put into issues. */
    IssueFields fields() {
        return fields;
    }

    /** What is personal in a preview or test, whose links work and change nothing: nobody subscribes by this id. */
    Map<String, String> slots(UUID nobodys, String name, Locale language, MergeFields fields) {
        return slotsOf(tokens.tokenFor(nobodys), name, language, fields);
    }

    /** What is personal in a mail that no attribute stands in. */
    Map<String, String> slotsOf(String token, String name, Locale language, MergeFields fields) {
        Map<String, String> slots = slots(token, OddCharacter.without(name), language);
        fields.fields()
                .forEach(field -> slots.put(
                        field.slot(), field.name().equals("name") && !name.isBlank() ? name : field.fallback()));
        return slots;
    }

    Map<String, String> slots(UUID nobodys, String name, Locale language) {
        return slots(nobodys, name, language, new MergeFields(List.of()));
    }

    /** What is personal in an issue. */
    private Map<String, String> slots(String token, String name, Locale language) {
        Map<String, String> slots = new HashMap<>();
        slots.put("name", name.isBlank() ? Texts.in(language).get("nobody") : name);
        slots.put("unsubscribeUrl", settings.site().publicUrl() + "/u/" + token);
        slots.put("preferencesUrl", settings.site().publicUrl() + "/preferences/" + token);
        slots.put(READ_SLOT, settings.site().publicUrl() + "/read/" + token);
        settings.unsubscribeMailbox().ifPresent(mailbox -> {
            int at = mailbox.lastIndexOf('@');
            slots.put(
                    "unsubscribeMailto",
                    "mailto:" + mailbox.substring(0, at) + "+" + token + mailbox.substring(at)
                            + "?subject=unsubscribe");
        });
        return slots;
    }
}
