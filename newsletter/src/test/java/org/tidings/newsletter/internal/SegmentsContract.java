package org.tidings.newsletter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountOpened;
import org.tidings.mail.Addressee;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.Delivery;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingLimits;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.MailingState;
import org.tidings.mail.PersonState;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.newsletter.AttributeChoice;
import org.tidings.newsletter.AttributeDetails;
import org.tidings.newsletter.AttributeOrigin;
import org.tidings.newsletter.AttributeParty;
import org.tidings.newsletter.AttributeType;
import org.tidings.newsletter.AttributeWords;
import org.tidings.newsletter.Condition;
import org.tidings.newsletter.Condition.Comparison;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.IssueText;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.SegmentId;
import org.tidings.newsletter.SegmentRejected;
import org.tidings.newsletter.Segments.Choice;
import org.tidings.newsletter.SubscriberId;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.newsletter.internal.knowing.ConditionSql;
import org.tidings.newsletter.internal.knowing.WrittenCondition;

/** Segments, the same on every database, and the same as if each reader were looked at. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SegmentsContract {

    private static final Set<AttributeParty> ALL = Set.of(AttributeParty.values());
    private static final List<String> TOWNS =
            List.of("Bern", "BERN", "Zürich", "100%", "a_b", "ab", "{{x}}'\"", "🚀 Nuuk");
    private static final List<String> NUMBERS = List.of("-12.5", "0", "3", "10", "999999999999999.999999");
    private static final List<String> DATES = List.of("1990-12-24", "2026-01-31", "0001-01-01");
    private static final List<Locale> LANGUAGES =
            List.of(Locale.ENGLISH, Locale.GERMAN, Locale.forLanguageTag("de-CH"), Locale.forLanguageTag("den"));
    private static final List<ZoneId> ZONES = List.of(ZoneId.of("Europe/Berlin"), ZoneId.of("Asia/Tokyo"));
    private static final List<String> TAGS = List.of("VIP", "met at the fair", "ümläut");

    @SuppressWarnings("NullAway.Init") // set before the first test
    private House house;

    @SuppressWarnings("NullAway.Init")
    private NewsletterId news;

    @SuppressWarnings("NullAway.Init")
    private NewsletterId other;

    @SuppressWarnings("NullAway.Init")
    private IssueId sentBefore;

    private final Map<UUID, Facts> facts = new HashMap<>();

    /** One reader, as the test made her. */
    private static final class Facts {
        private final Map<NewsletterId, SubscriptionState> standings = new HashMap<>();
        private final Map<String, String> attributes = new HashMap<>();
        private final Set<String> tags = new HashSet<>();
        private Locale language = Locale.ENGLISH;
        private Optional<ZoneId> zone = Optional.empty();
        private boolean account;
        private boolean got;
        private OffsetDateTime confirmed = OffsetDateTime.MIN;
    }

    abstract TestDatabase open();

    @BeforeAll
    void build() {
        house = new House(open());
        news = house.newsletter("News");
        other = house.newsletter("Other");
        define("town", AttributeType.TEXT);
        define("age", AttributeType.NUMBER);
        define("born", AttributeType.DATE);
        define("plan", AttributeType.CHOICE);
        define("comes", AttributeType.YES_NO);
        Random random = new Random(20261201);
        for (int i = 0; i < 60; i++) {
            if (i % 20 == 19) {
                house.clock.advance(Duration.ofDays(3));
            }
            makeUp(random);
        }
        sentBefore = send(issue(news));
        MailingId mailing = house.mailings.orders().isEmpty() ? new MailingId(new UUID(0, 0)) : mailingOf(sentBefore);
        reach(mailing, random);
    }

    @AfterAll
    @SuppressWarnings("NullAway") // not set when the database did not start
    void close() {
        if (house != null) {
            house.close();
        }
    }

    private void define(String key, AttributeType type) {
        house.database.inTransaction(() -> house.attributes.define(
                new AttributeDetails(
                        key,
                        type,
                        Map.of(Locale.ENGLISH, new AttributeWords(key, "So that we know it.")),
                        type == AttributeType.CHOICE
                                ? List.of(
                                        new AttributeChoice("free", Map.of(Locale.ENGLISH, "Free")),
                                        new AttributeChoice("pro", Map.of(Locale.ENGLISH, "Pro")))
                                : List.of(),
                        ALL,
                        ALL),
                house.staff));
    }

    private static <T> T any(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    private void makeUp(Random random) {
        Facts facts = new Facts();
        EmailAddress address = House.address();
        facts.account = random.nextInt(3) == 0;
        if (facts.account) {
            house.database.inTransaction(() -> house.facts.opened(new AccountOpened(
                    new AccountId(SubscriptionBook.newId()),
                    address,
                    "",
                    Locale.ENGLISH,
                    Optional.empty(),
                    Set.of(news.value().toString()),
                    house.clock.now())));
        } else {
            house.request(news, address);
            facts.standings.put(news, SubscriptionState.PENDING);
            if (random.nextInt(5) > 0) {
                house.database.inTransaction(() -> house.subscriptions.confirm(house.tokenOfNewestLink()));
            }
        }
        SubscriberId id = new SubscriberId(house.entry(address, news).subscriber());
        if (house.entry(address, news).state() == SubscriptionState.CONFIRMED) {
            facts.standings.put(news, SubscriptionState.CONFIRMED);
            facts.confirmed = house.clock.now();
            if (random.nextInt(4) == 0) {
                house.database.inTransaction(
                        () -> house.preferences.unsubscribe(house.token(address, news), Means.ONE_CLICK));
                facts.standings.put(news, SubscriptionState.UNSUBSCRIBED);
            }
        }
        if (random.nextInt(3) == 0) {
            house.database.inTransaction(
                    () -> house.book.confirm(id.value(), other.value(), Means.STAFF, null, "said so at the fair"));
            facts.standings.put(other, SubscriptionState.CONFIRMED);
            facts.confirmed = house.clock.now();
        }
        describe(id, facts, random);
        this.facts.put(id.value(), facts);
    }

    private void describe(SubscriberId id, Facts facts, Random random) {
        facts.language = any(LANGUAGES, random);
        facts.zone = random.nextBoolean() ? Optional.of(any(ZONES, random)) : Optional.empty();
        house.sql.update(
                "update newsletter.subscriber set language = ?, zone = ? where id = ?",
                facts.language.toLanguageTag(),
                facts.zone.map(ZoneId::getId).orElse(""),
                id.value());
        know(facts, "town", TOWNS, random);
        know(facts, "age", NUMBERS, random);
        know(facts, "born", DATES, random);
        know(facts, "plan", List.of("free", "pro"), random);
        know(facts, "comes", List.of("yes", "no"), random);
        TAGS.stream().filter(tag -> random.nextBoolean()).forEach(facts.tags::add);
        house.database.inTransaction(() -> house.attributes.set(id, facts.attributes, AttributeOrigin.STAFF));
        house.database.inTransaction(() -> house.tags.set(id, facts.tags, AttributeOrigin.STAFF));
    }

    private static void know(Facts facts, String key, List<String> of, Random random) {
        if (random.nextInt(3) > 0) {
            facts.attributes.put(key, any(of, random));
        }
    }

    private IssueId issue(NewsletterId newsletter) {
        return house.database.call(() -> house.issues.write(newsletter, new IssueText("Hi", "", "Hi"), house.staff));
    }

    private IssueId send(IssueId issue) {
        long version = house.database
                .call(() -> house.issues.find(issue))
                .orElseThrow()
                .version();
        house.database.inTransaction(() -> house.issues.send(issue, version, null, MailingLimits.NONE, house.staff));
        return issue;
    }

    private MailingId mailingOf(IssueId issue) {
        return house.database
                .call(() -> house.issues.find(issue))
                .orElseThrow()
                .mailing()
                .orElseThrow();
    }

    /** Some of them got it, and the ledger says so. */
    private void reach(MailingId mailing, Random random) {
        int sent = 0;
        for (Map.Entry<UUID, Facts> one : facts.entrySet()) {
            one.getValue().got = random.nextBoolean();
            if (one.getValue().got) {
                sent++;
                UUID subscription = house.database
                        .call(() -> house.book.find(one.getKey(), news.value()))
                        .orElseThrow()
                        .id();
                house.mailings.record(new Delivery(
                        mailing,
                        subscription,
                        DeliveryState.HANDED_OVER,
                        house.clock.now(),
                        1,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
            }
        }
        house.mailings.report(new MailingProgress(
                mailing,
                MailingState.FINISHED,
                sent,
                sent,
                0,
                0,
                0,
                0,
                Map.of(),
                0,
                house.clock.now(),
                house.clock.now(),
                Optional.empty(),
                Optional.empty()));
    }

    // What a reader fulfils, looked at by itself

    private boolean fulfils(Facts one, Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.of().stream().allMatch(inner -> fulfils(one, inner));
        }
        if (condition instanceof Condition.Any any) {
            return any.of().stream().anyMatch(inner -> fulfils(one, inner));
        }
        if (condition instanceof Condition.Not not) {
            return !fulfils(one, not.of());
        }
        if (condition instanceof Condition.Subscribed subscribed) {
            return one.standings.get(subscribed.newsletter()) == subscribed.state();
        }
        if (condition instanceof Condition.Speaks speaks) {
            return one.language.getLanguage().equals(speaks.language().getLanguage());
        }
        if (condition instanceof Condition.LivesIn lives) {
            return one.zone.filter(lives.zone()::equals).isPresent();
        }
        if (condition instanceof Condition.Tagged tagged) {
            return one.tags.stream().anyMatch(tag -> tag.equalsIgnoreCase(tagged.tag()));
        }
        if (condition instanceof Condition.JoinedSince joined) {
            return one.standings.containsValue(SubscriptionState.CONFIRMED)
                    && !one.confirmed.isBefore(joined.day().atStartOfDay().atOffset(ZoneOffset.UTC));
        }
        if (condition instanceof Condition.Got) {
            return one.got;
        }
        return condition instanceof Condition.Known known ? knows(one, known) : one.account;
    }

    private static boolean knows(Facts one, Condition.Known known) {
        String value = one.attributes.get(known.attribute());
        if (value == null) {
            return false;
        }
        return switch (known.comparison()) {
            case KNOWN -> true;
            case IS -> value.equalsIgnoreCase(known.value());
            case CONTAINS ->
                value.toLowerCase(Locale.ROOT).contains(known.value().toLowerCase(Locale.ROOT));
            case AT_LEAST -> compare(known, value) >= 0;
            case AT_MOST -> compare(known, value) <= 0;
        };
    }

    private static int compare(Condition.Known known, String value) {
        return known.attribute().equals("age")
                ? new BigDecimal(value).compareTo(new BigDecimal(known.value()))
                : LocalDate.parse(value).compareTo(LocalDate.parse(known.value()));
    }

    private Condition random(Random random, int depth) {
        int kind = random.nextInt(depth > 3 ? 9 : 13);
        return switch (kind) {
            case 0 ->
                new Condition.Subscribed(
                        random.nextBoolean() ? news : other, any(List.of(SubscriptionState.values()), random));
            case 1 -> new Condition.Speaks(any(LANGUAGES, random));
            case 2 -> new Condition.LivesIn(any(ZONES, random));
            case 3 -> new Condition.WithAccount();
            case 4 -> new Condition.Tagged(any(List.of("vip", "MET AT THE FAIR", "ÜMLÄUT", "nobody's"), random));
            case 5 -> new Condition.JoinedSince(house.clock.now().toLocalDate().minusDays(random.nextInt(12)));
            case 6 -> new Condition.Got(sentBefore);
            case 7, 8 -> known(random);
            case 9 -> new Condition.Not(random(random, depth + 1));
            case 10, 11 -> new Condition.All(several(random, depth));
            default -> new Condition.Any(several(random, depth));
        };
    }

    private List<Condition> several(Random random, int depth) {
        List<Condition> several = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            several.add(random(random, depth + 1));
        }
        return several;
    }

    private static Condition known(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> new Condition.Known("town", Comparison.IS, any(TOWNS, random));
            case 1 ->
                new Condition.Known("town", Comparison.CONTAINS, any(List.of("B", "%", "_", "!", "'", "nuuk"), random));
            case 2 ->
                new Condition.Known(
                        "age",
                        any(List.of(Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.IS), random),
                        any(NUMBERS, random));
            case 3 ->
                new Condition.Known(
                        "born",
                        any(List.of(Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.IS), random),
                        any(DATES, random));
            case 4 -> new Condition.Known("plan", Comparison.IS, any(List.of("free", "pro"), random));
            case 5 -> new Condition.Known("comes", Comparison.IS, any(List.of("yes", "no"), random));
            default -> new Condition.Known(any(List.of("town", "age", "comes"), random), Comparison.KNOWN, "");
        };
    }

    /** 400 conditions of all sorts, nested as they come. */
    @Test
    void countsWhoFulfilsItAsIfEachWereLookedAt() {
        Random random = new Random(7);
        for (int i = 0; i < 400; i++) {
            Condition condition = random(random, 0);
            if (ConditionSql.size(condition) > 60 || ConditionSql.depth(condition) > 8) {
                continue;
            }
            long expected = facts.values().stream()
                    .filter(one -> fulfils(one, condition))
                    .count();

            assertThat(house.database.call(() -> house.segments.count(condition)))
                    .as("%s", condition)
                    .isEqualTo(expected);
            assertThat(WrittenCondition.read(WrittenCondition.write(condition))).isEqualTo(condition);
        }
    }

    private List<UUID> audience(IssueId issue) {
        AudienceQuery query = new AudienceQuery(MailKind.NEWSLETTER_ISSUE, issue.value(), house.clock.now());
        List<UUID> ids = house.database.call(() -> house.audience.idsAfter(query, null, 1_000));
        assertThat(house.database.call(() -> house.audience.after(query, null, 1_000)))
                .extracting(Addressee::recipient)
                .isEqualTo(ids);
        return ids;
    }

    private Set<UUID> subscriptionsOf(Condition... all) {
        Set<UUID> ids = new HashSet<>();
        facts.forEach((reader, one) -> {
            if (fulfils(one, new Condition.Subscribed(news, SubscriptionState.CONFIRMED))
                    && List.of(all).stream().allMatch(condition -> fulfils(one, condition))) {
                ids.add(house.database
                        .call(() -> house.book.find(reader, news.value()))
                        .orElseThrow()
                        .id());
            }
        });
        return ids;
    }

    @Test
    void anIssueGoesToTheChosenAndNeverToMoreWhateverHappensMeanwhile() {
        Condition tagged = new Condition.Tagged("vip");
        Condition german = new Condition.Speaks(Locale.GERMAN);
        SegmentId vips = house.database.call(() -> house.segments.define("VIPs", tagged, house.staff));
        SegmentId germans = house.database.call(() -> house.segments.define("Germans", german, house.staff));
        IssueId issue = issue(news);
        Set<UUID> expected = subscriptionsOf(tagged, new Condition.Not(german));

        house.database.inTransaction(
                () -> house.segments.choose(issue, new Choice(Optional.of(vips), Optional.of(germans)), house.staff));

        assertThat(expected).isNotEmpty();
        assertThat(house.database.call(() -> house.issues.audience(issue)).recipients())
                .isEqualTo(expected.size());
        assertThat(audience(issue)).containsExactlyInAnyOrderElementsOf(expected);
        assertThatThrownBy(() -> house.database.inTransaction(() -> house.segments.remove(vips, house.staff)))
                .isInstanceOfSatisfying(
                        SegmentRejected.class, e -> assertThat(e.reason()).isEqualTo(SegmentRejected.Reason.IN_USE));
        send(issue);
        assertThat(house.mailings.newestOrder().expected()).isEqualTo(expected.size());
        // Another condition, and no segment at all: who gets it was written down.
        long version = house.database
                .call(() -> house.segments.find(vips))
                .orElseThrow()
                .version();
        house.database.inTransaction(
                () -> house.segments.change(vips, "VIPs", Condition.EVERYBODY, version, house.staff));
        assertThat(audience(issue)).containsExactlyInAnyOrderElementsOf(expected);
        assertThatThrownBy(() -> house.database.inTransaction(() -> house.segments.remove(vips, house.staff)))
                .as("it may be a draft again")
                .isInstanceOf(SegmentRejected.class);
        end(issue);
        house.database.inTransaction(() -> house.segments.remove(vips, house.staff));
        house.database.inTransaction(() -> house.segments.remove(germans, house.staff));
        assertThat(audience(issue)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(house.database.call(() -> house.issues.audience(issue)).recipients())
                .as("a page that is opened later")
                .isEqualTo(expected.size());
    }

    private void end(IssueId issue) {
        house.mailings.report(new MailingProgress(
                mailingOf(issue),
                MailingState.FINISHED,
                0,
                0,
                0,
                0,
                0,
                0,
                Map.of(),
                0,
                house.clock.now(),
                house.clock.now(),
                Optional.empty(),
                Optional.empty()));
        house.database.inTransaction(house.issues::settle);
    }

    /** Kept out by what nobody knows any more would be: let in. */
    @Test
    void anIssueGoesToNobodyOnceAnAttributeIsGoneThatItsSegmentsAskFor() {
        define("offers", AttributeType.YES_NO);
        SegmentId offered = house.database.call(() -> house.segments.define(
                "Offered",
                new Condition.All(List.of(new Condition.Not(new Condition.Known("offers", Comparison.IS, "no")))),
                house.staff));
        IssueId issue = issue(news);
        house.database.inTransaction(
                () -> house.segments.choose(issue, new Choice(Optional.empty(), Optional.of(offered)), house.staff));
        IssueId other = issue(news);
        house.database.inTransaction(
                () -> house.segments.choose(other, new Choice(Optional.of(offered), Optional.empty()), house.staff));
        assertThat(audience(other)).isNotEmpty();

        house.database.inTransaction(() -> house.attributes.remove(
                house.attributes.findByKey("offers").orElseThrow().id(), house.staff));

        assertThat(audience(issue)).isEmpty();
        assertThat(audience(other)).isEmpty();
        send(issue);
        assertThat(audience(issue)).isEmpty();
    }

    /** A discarded draft may be brought back. */
    @Test
    void aSegmentStaysAsLongAsADiscardedDraftGoesToIt() {
        SegmentId segment = house.database.call(() -> house.segments.define("Kept", Condition.EVERYBODY, house.staff));
        IssueId issue = issue(news);
        house.database.inTransaction(
                () -> house.segments.choose(issue, new Choice(Optional.of(segment), Optional.empty()), house.staff));
        house.database.inTransaction(() -> house.issues.discard(issue, house.staff));

        assertThatThrownBy(() -> house.database.inTransaction(() -> house.segments.remove(segment, house.staff)))
                .isInstanceOf(SegmentRejected.class);
    }

    /** What is kept is one step a line: no line may come in by a value. */
    @Test
    void keepsNoConditionThatCannotBeReadAgain() {
        List<Condition> hostile = List.of(
                new Condition.All(List.of(new Condition.Tagged("x\nbogus"), new Condition.WithAccount())),
                new Condition.All(List.of(
                        new Condition.Known("town", Comparison.KNOWN, "x\nbogus\r1"), new Condition.WithAccount())));
        int count = 0;
        for (Condition condition : hostile) {
            String name = "Hostile " + count++;
            SegmentId kept = house.database.call(() -> house.segments.define(name, condition, house.staff));

            assertThat(house.database
                            .call(() -> house.segments.find(kept))
                            .orElseThrow()
                            .condition())
                    .isEqualTo(condition);
        }
        assertThat(house.database.call(() -> house.segments.all())).hasSizeGreaterThan(1);
        assertThat(reasonOf("x", new Condition.Known("town", Comparison.CONTAINS, "a\nb")))
                .isEqualTo(SegmentRejected.Reason.VALUE);
        assertThat(reasonOf("x", new Condition.Known("town", Comparison.CONTAINS, "a".repeat(20_000))))
                .isEqualTo(SegmentRejected.Reason.TOO_LARGE);
    }

    @Test
    void whoLeavesIsNotWrittenToAlthoughSheWasChosen() {
        NewsletterId letters = house.newsletter("Letters");
        EmailAddress ada = house.reader(letters);
        SegmentId all = house.database.call(() -> house.segments.define(
                "All of Letters", new Condition.Subscribed(letters, SubscriptionState.CONFIRMED), house.staff));
        IssueId issue = issue(letters);
        house.database.inTransaction(
                () -> house.segments.choose(issue, new Choice(Optional.of(all), Optional.empty()), house.staff));
        send(issue);
        EmailAddress late = house.reader(letters);
        AudienceQuery query = new AudienceQuery(MailKind.NEWSLETTER_ISSUE, issue.value(), house.clock.now());

        house.clock.advance(Duration.ofSeconds(5));
        house.database.inTransaction(() -> house.preferences.unsubscribe(house.token(ada, letters), Means.ONE_CLICK));

        assertThat(house.database.call(() -> house.audience.after(query, null, 10)))
                .extracting(Addressee::address, Addressee::state)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(ada, PersonState.UNSUBSCRIBED));
        assertThat(house.entry(late, letters).state()).isEqualTo(SubscriptionState.CONFIRMED);
        // Taken back before anybody got it: a draft, that is looked at anew.
        house.database.inTransaction(() -> house.issues.cancel(issue, house.staff));
    }

    @Test
    void aSegmentWithNobodyReachesNobody() {
        SegmentId nobody =
                house.database.call(() -> house.segments.define("Nobody", new Condition.Any(List.of()), house.staff));
        IssueId issue = issue(news);
        house.database.inTransaction(
                () -> house.segments.choose(issue, new Choice(Optional.of(nobody), Optional.empty()), house.staff));

        assertThat(house.database.call(() -> house.issues.audience(issue)).recipients())
                .isZero();
        send(issue);
        assertThat(audience(issue)).isEmpty();
    }

    private SegmentRejected.Reason reasonOf(String name, Condition condition) {
        try {
            house.database.inTransaction(() -> house.segments.define(name, condition, house.staff));
            throw new AssertionError("was kept");
        } catch (SegmentRejected e) {
            return e.reason();
        }
    }

    @Test
    void refusesWhatIsNoCondition() {
        Condition everybody = Condition.EVERYBODY;
        Condition deep = everybody;
        for (int i = 0; i < 9; i++) {
            deep = new Condition.Not(deep);
        }

        assertThat(reasonOf(" ", everybody)).isEqualTo(SegmentRejected.Reason.NAME_EMPTY);
        assertThat(reasonOf("a\nb", everybody)).isEqualTo(SegmentRejected.Reason.NAME_CHARACTERS);
        assertThat(reasonOf("deep", deep)).isEqualTo(SegmentRejected.Reason.TOO_LARGE);
        assertThat(reasonOf("x", new Condition.Known("nothing", Comparison.KNOWN, "")))
                .isEqualTo(SegmentRejected.Reason.ATTRIBUTE_UNKNOWN);
        assertThat(reasonOf("x", new Condition.Known("town", Comparison.AT_LEAST, "a")))
                .isEqualTo(SegmentRejected.Reason.COMPARISON);
        assertThat(reasonOf("x", new Condition.Known("age", Comparison.CONTAINS, "1")))
                .isEqualTo(SegmentRejected.Reason.COMPARISON);
        assertThat(reasonOf("x", new Condition.Known("born", Comparison.IS, "yesterday")))
                .isEqualTo(SegmentRejected.Reason.VALUE);
        assertThat(reasonOf("x", new Condition.Known("town", Comparison.IS, "a\nall 0")))
                .isEqualTo(SegmentRejected.Reason.VALUE);
        assertThat(reasonOf("x", new Condition.Tagged(" ; "))).isEqualTo(SegmentRejected.Reason.VALUE);
    }
}
