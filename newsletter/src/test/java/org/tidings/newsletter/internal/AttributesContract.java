package org.tidings.newsletter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tidings.accounts.AccountChanged;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountOpened;
import org.tidings.mail.Addressee;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingLimits;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.newsletter.ArchivedIssue;
import org.tidings.newsletter.AttributeChoice;
import org.tidings.newsletter.AttributeDetails;
import org.tidings.newsletter.AttributeDetailsRejected;
import org.tidings.newsletter.AttributeId;
import org.tidings.newsletter.AttributeOrigin;
import org.tidings.newsletter.AttributeParty;
import org.tidings.newsletter.AttributeType;
import org.tidings.newsletter.AttributeValue;
import org.tidings.newsletter.AttributeValueRejected.Reason;
import org.tidings.newsletter.AttributeValuesRejected;
import org.tidings.newsletter.AttributeView;
import org.tidings.newsletter.AttributeWords;
import org.tidings.newsletter.Attributes.Given;
import org.tidings.newsletter.ChangedMeanwhile;
import org.tidings.newsletter.Condition;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.IssueProblem;
import org.tidings.newsletter.IssueText;
import org.tidings.newsletter.IssueTextRejected;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.SubscriberId;
import org.tidings.newsletter.Tags.Tagged;

/** What is known about readers, the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AttributesContract {

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final Set<AttributeParty> ALL = Set.of(AttributeParty.values());

    @SuppressWarnings("NullAway.Init") // set before the first test
    private House house;

    abstract TestDatabase open();

    @BeforeAll
    void build() {
        house = new House(open());
    }

    @AfterAll
    @SuppressWarnings("NullAway") // not set when the database did not start
    void close() {
        if (house != null) {
            house.close();
        }
    }

    private AttributeView attribute(AttributeType type, Set<AttributeParty> changedBy) {
        return define(details("a" + COUNTER.incrementAndGet(), type, changedBy));
    }

    private AttributeView define(AttributeDetails details) {
        AttributeId id = house.database.call(() -> house.attributes.define(details, house.staff));
        return house.database.call(() -> house.attributes.find(id)).orElseThrow();
    }

    private static AttributeDetails details(String key, AttributeType type, Set<AttributeParty> changedBy) {
        return new AttributeDetails(
                key,
                type,
                Map.of(
                        Locale.ENGLISH, new AttributeWords("Label of " + key, "So that we know it."),
                        Locale.GERMAN, new AttributeWords("Name von " + key, "Damit wir es wissen.")),
                type == AttributeType.CHOICE
                        ? List.of(
                                new AttributeChoice("free", Map.of(Locale.ENGLISH, "Free plan")),
                                new AttributeChoice("pro", Map.of(Locale.ENGLISH, "Pro", Locale.GERMAN, "Profi")))
                        : List.of(),
                ALL,
                changedBy);
    }

    private SubscriberId reader(NewsletterId newsletter) {
        return new SubscriberId(
                house.entry(house.reader(newsletter), newsletter).subscriber());
    }

    private void say(SubscriberId reader, Map<String, String> typed, AttributeOrigin origin) {
        house.database.inTransaction(() -> house.attributes.set(reader, typed, origin));
    }

    private Map<String, String> known(SubscriberId reader) {
        return house.database
                .call(() -> house.attributes.of(List.of(reader.value())))
                .getOrDefault(reader.value(), Map.of());
    }

    @Test
    void refusesADefinitionWithoutAPurpose_P1() {
        AttributeDetails wrong = new AttributeDetails(
                "Name",
                AttributeType.CHOICE,
                Map.of(Locale.GERMAN, new AttributeWords("Ort\r\nBcc: x", "kurz")),
                List.of(new AttributeChoice("a", Map.of(Locale.ENGLISH, "A"))),
                Set.of(),
                Set.of());

        assertThatThrownBy(() -> define(wrong))
                .isInstanceOfSatisfying(
                        AttributeDetailsRejected.class,
                        e -> assertThat(e.fields())
                                .containsOnly(
                                        Map.entry("key", AttributeDetailsRejected.Reason.CHARACTERS),
                                        Map.entry("label.en", AttributeDetailsRejected.Reason.EMPTY),
                                        Map.entry("label.de", AttributeDetailsRejected.Reason.CHARACTERS),
                                        Map.entry("purpose.de", AttributeDetailsRejected.Reason.PURPOSE_MISSING),
                                        Map.entry("seen-by", AttributeDetailsRejected.Reason.EMPTY),
                                        Map.entry("choices", AttributeDetailsRejected.Reason.CHOICES)));
        assertThatThrownBy(() -> define(details("name", AttributeType.TEXT, ALL)))
                .isInstanceOfSatisfying(
                        AttributeDetailsRejected.class,
                        e -> assertThat(e.fields()).containsEntry("key", AttributeDetailsRejected.Reason.RESERVED));
        AttributeView there = attribute(AttributeType.TEXT, ALL);
        assertThatThrownBy(() -> define(details(there.key(), AttributeType.DATE, ALL)))
                .isInstanceOfSatisfying(
                        AttributeDetailsRejected.class,
                        e -> assertThat(e.fields()).containsEntry("key", AttributeDetailsRejected.Reason.TAKEN));
    }

    @Test
    void readsEverySortOfValueAsPeopleWriteIt() {
        NewsletterId news = house.newsletter("News");
        SubscriberId reader = reader(news);
        AttributeView text = attribute(AttributeType.TEXT, ALL);
        AttributeView number = attribute(AttributeType.NUMBER, ALL);
        AttributeView date = attribute(AttributeType.DATE, ALL);
        AttributeView choice = attribute(AttributeType.CHOICE, ALL);
        AttributeView yesNo = attribute(AttributeType.YES_NO, ALL);

        say(
                reader,
                Map.of(
                        text.key(), "\u00a0 Zoe\u0308 🚀 ",
                        number.key(), "1.234,50",
                        date.key(), "24.12.1990",
                        choice.key(), " profi",
                        yesNo.key(), "Ja"),
                AttributeOrigin.READER);

        assertThat(known(reader))
                .containsExactly(
                        Map.entry(text.key(), "Zoë 🚀"),
                        Map.entry(number.key(), "1234.5"),
                        Map.entry(date.key(), "1990-12-24"),
                        Map.entry(choice.key(), "pro"),
                        Map.entry(yesNo.key(), "yes"));
        assertThatThrownBy(() -> say(
                        reader,
                        Map.of(
                                text.key(),
                                "a\r\nBcc: all@example.org",
                                number.key(),
                                "1,234",
                                date.key(),
                                "03/04/2026",
                                choice.key(),
                                "gold",
                                yesNo.key(),
                                "perhaps",
                                "nothing",
                                "x"),
                        AttributeOrigin.READER))
                .isInstanceOfSatisfying(
                        AttributeValuesRejected.class,
                        e -> assertThat(e.byKey())
                                .containsOnly(
                                        Map.entry(text.key(), Reason.ODD_CHARACTER),
                                        Map.entry(number.key(), Reason.TWO_MEANINGS),
                                        Map.entry(date.key(), Reason.TWO_MEANINGS),
                                        Map.entry(choice.key(), Reason.NO_CHOICE),
                                        Map.entry(yesNo.key(), Reason.NEITHER_YES_NOR_NO),
                                        Map.entry("nothing", Reason.UNKNOWN)));
        say(reader, Map.of(text.key(), " "), AttributeOrigin.READER);
        assertThat(known(reader)).doesNotContainKey(text.key()).containsKey(number.key());
    }

    @Test
    void letsEachChangeOnlyWhatIsTheirs() {
        SubscriberId reader = reader(house.newsletter("News"));
        AttributeView staffs = attribute(AttributeType.TEXT, Set.of(AttributeParty.STAFF));
        AttributeView readers = attribute(AttributeType.TEXT, Set.of(AttributeParty.READER));

        assertThatThrownBy(() -> say(reader, Map.of(staffs.key(), "x"), AttributeOrigin.READER))
                .isInstanceOf(AttributeValuesRejected.class);
        assertThatThrownBy(() -> say(reader, Map.of(readers.key(), "x"), AttributeOrigin.STAFF))
                .isInstanceOf(AttributeValuesRejected.class);
        assertThatThrownBy(() -> say(reader, Map.of(readers.key(), "x"), AttributeOrigin.PROGRAM))
                .isInstanceOf(AttributeValuesRejected.class);
        say(reader, Map.of(staffs.key(), "x"), AttributeOrigin.STAFF);
        say(reader, Map.of(readers.key(), "y"), AttributeOrigin.READER);

        assertThat(house.database.call(() -> house.attributes.of(reader)))
                .extracting(AttributeValue::value, AttributeValue::origin)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("x", AttributeOrigin.STAFF),
                        org.assertj.core.groups.Tuple.tuple("y", AttributeOrigin.READER));
    }

    @Test
    void importsCompleteWhatIsEmptyAndNeverTakeThePersonsWord() {
        NewsletterId news = house.newsletter("News");
        AttributeView city = attribute(AttributeType.TEXT, ALL);
        SubscriberId said = reader(news);
        SubscriberId imported = reader(news);
        SubscriberId empty = reader(news);
        say(said, Map.of(city.key(), "Rome"), AttributeOrigin.READER);
        say(imported, Map.of(city.key(), "Paris"), AttributeOrigin.IMPORT);
        List<Given> file = List.of(
                new Given(said.value(), city, "Berlin"),
                new Given(imported.value(), city, "Berlin"),
                new Given(empty.value(), city, "Berlin"));

        long filled = house.database.call(() -> house.attributes.fillIn(file, AttributeOrigin.IMPORT));

        assertThat(filled).isEqualTo(1);
        assertThat(List.of(known(said), known(imported), known(empty)))
                .containsExactly(Map.of(city.key(), "Rome"), Map.of(city.key(), "Paris"), Map.of(city.key(), "Berlin"));
        assertThat(house.database.call(() -> house.attributes.replace(file, AttributeOrigin.PROGRAM)))
                .isEqualTo(2);
        assertThat(known(said)).containsEntry(city.key(), "Rome");
        assertThat(known(imported)).containsEntry(city.key(), "Berlin");
    }

    @Test
    void whatAFormSaidCountsWhenTheMailboxConfirmsIt() {
        NewsletterId news = house.newsletter("News");
        AttributeView city = attribute(AttributeType.TEXT, ALL);
        AttributeView hidden = attribute(AttributeType.TEXT, Set.of(AttributeParty.STAFF));
        house.database.inTransaction(() -> house.attributes.ask(news, List.of(city.id(), hidden.id()), house.staff));
        assertThat(house.database.call(() -> house.attributes.askedBy(news))).containsExactly(city);
        EmailAddress address = House.address();

        house.database.inTransaction(() -> house.subscriptions.request(
                Set.of(news), address, Locale.ENGLISH, "", Map.of(city.key(), "Bern = {{name}}")));
        house.answer();
        String token = house.tokenOfNewestLink();

        SubscriberId reader = new SubscriberId(house.entry(address, news).subscriber());
        assertThat(known(reader)).isEmpty();
        assertThat(house.database.call(() -> house.attributes.waiting(token))).containsEntry(city, "Bern = {{name}}");
        assertThat(house.database
                        .call(() ->
                                house.data.about(house.book.byId(reader.value()).orElseThrow()))
                        .toString())
                .doesNotContain("Bern");
        house.database.inTransaction(() -> house.subscriptions.confirm(token));
        assertThat(house.database.call(() -> house.attributes.of(reader)))
                .extracting(AttributeValue::value, AttributeValue::origin)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("Bern = {{name}}", AttributeOrigin.FORM));
        assertThatThrownBy(() -> house.database.inTransaction(() -> house.subscriptions.request(
                        Set.of(news), address, Locale.ENGLISH, "", Map.of(hidden.key(), "x"))))
                .isInstanceOf(AttributeValuesRejected.class);
    }

    @Test
    void erasureAndMergingLeaveNothingBehind() {
        NewsletterId news = house.newsletter("News");
        AttributeView city = attribute(AttributeType.TEXT, ALL);
        AttributeView plan = attribute(AttributeType.CHOICE, ALL);
        EmailAddress visitor = house.reader(news);
        SubscriberId other = new SubscriberId(house.entry(visitor, news).subscriber());
        AccountId account = new AccountId(SubscriptionBook.newId());
        EmailAddress before = House.address();
        house.database.inTransaction(() -> house.facts.opened(new AccountOpened(
                account,
                before,
                "Ada",
                Locale.ENGLISH,
                Optional.empty(),
                Set.of(news.value().toString()),
                house.clock.now())));
        SubscriberId kept = new SubscriberId(house.entry(before, news).subscriber());
        say(other, Map.of(city.key(), "Canaryville", plan.key(), "pro"), AttributeOrigin.READER);
        say(kept, Map.of(city.key(), "Elsewhere"), AttributeOrigin.IMPORT);
        house.database.inTransaction(() -> house.tags.set(other, List.of("canary", "VIP"), AttributeOrigin.STAFF));
        house.database.inTransaction(() -> house.tags.set(kept, List.of("vip"), AttributeOrigin.STAFF));

        house.database.inTransaction(() -> house.facts.changed(new AccountChanged(
                account, visitor, before, "Ada", Locale.ENGLISH, Optional.empty(), house.clock.now())));

        assertThat(known(kept)).containsOnly(Map.entry(city.key(), "Canaryville"), Map.entry(plan.key(), "pro"));
        assertThat(known(other)).isEmpty();
        assertThat(house.database.call(() -> house.tags.of(kept))).containsExactly("canary", "VIP");
        house.database.inTransaction(
                () -> house.book.erase(house.book.byId(kept.value()).orElseThrow()));
        for (UUID one : List.of(kept.value(), other.value())) {
            assertThat(house.sql.number("select count(*) from newsletter.attribute_value where subscriber = ?", one))
                    .isZero();
            assertThat(house.sql.number("select count(*) from newsletter.subscriber_tag where subscriber = ?", one))
                    .isZero();
        }
    }

    @Test
    void copyAndExportHaveWhatIsKnown() throws Exception {
        NewsletterId news = house.newsletter("News");
        AttributeView city = attribute(AttributeType.TEXT, Set.of(AttributeParty.STAFF));
        SubscriberId reader = reader(news);
        say(reader, Map.of(city.key(), "=Bern, \"old\" town"), AttributeOrigin.STAFF);
        house.database.inTransaction(
                () -> house.tags.add(List.of(new Tagged(reader.value(), "met, at\nthe fair")), AttributeOrigin.IMPORT));

        Map<String, Object> copy = house.database.call(
                () -> house.data.about(house.book.byId(reader.value()).orElseThrow()));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        house.database.call(() -> {
            house.subscribers.export(news, null, file, house.staff);
            return true;
        });

        assertThat(String.valueOf(copy.get("attributes")))
                .contains("=Bern", "Label of " + city.key(), "So that we know it.", "STAFF");
        assertThat(copy.get("tags")).isEqualTo(List.of("met at the fair"));
        assertThat(file.toString(StandardCharsets.UTF_8))
                .contains(",tags,", ",attribute:" + city.key(), "met at the fair", "\"'=Bern, \"\"old\"\" town\"");
    }

    private String export(NewsletterId newsletter, AttributeParty sees) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        house.database.call(() -> {
            house.subscribers.export(newsletter, null, Condition.EVERYBODY, sees, file, house.staff);
            return true;
        });
        return file.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anExportHasWhatItsReaderMaySee() {
        NewsletterId news = house.newsletter("News");
        String key = "a" + COUNTER.incrementAndGet();
        define(new AttributeDetails(
                key,
                AttributeType.TEXT,
                Map.of(Locale.ENGLISH, new AttributeWords("Shoes", "So that we know it.")),
                List.of(),
                Set.of(AttributeParty.STAFF),
                Set.of(AttributeParty.READER)));
        say(reader(news), Map.of(key, "Canary42"), AttributeOrigin.READER);

        assertThat(export(news, AttributeParty.STAFF)).contains("attribute:" + key, "Canary42");
        assertThat(export(news, AttributeParty.PROGRAM)).doesNotContain("attribute:" + key, "Canary42");
    }

    /** Said while the attribute was removed by somebody else. */
    @Test
    void aValueWhoseAttributeIsGoneHurtsNobodyAndGoes() {
        SubscriberId reader = reader(house.newsletter("News"));
        AttributeView city = attribute(AttributeType.TEXT, ALL);
        say(reader, Map.of(city.key(), "Rome"), AttributeOrigin.READER);
        house.sql.update(
                "update newsletter.attribute_value set attribute = ? where subscriber = ?",
                SubscriptionBook.newId(),
                reader.value());

        assertThat(house.database.call(() -> house.attributes.of(reader))).isEmpty();
        house.database.inTransaction(house.housekeeping::tidyUp);
        assertThat(house.sql.number(
                        "select count(*) from newsletter.attribute_value where subscriber = ?", reader.value()))
                .isZero();
    }

    private IssueId issue(NewsletterId newsletter, String subject, String markdown) {
        return house.database.call(
                () -> house.issues.write(newsletter, new IssueText(subject, "", markdown), house.staff));
    }

    private void send(IssueId issue) {
        long version = house.database
                .call(() -> house.issues.find(issue))
                .orElseThrow()
                .version();
        house.database.inTransaction(() -> house.issues.send(issue, version, null, MailingLimits.NONE, house.staff));
    }

    @Test
    void issuesSayWhatIsKnownOrTheirOwnFallback() {
        NewsletterId news = house.newsletter("News");
        AttributeView city = attribute(AttributeType.TEXT, ALL);
        AttributeView born = attribute(AttributeType.DATE, ALL);
        AttributeView plan = attribute(AttributeType.CHOICE, ALL);
        SubscriberId knownReader = reader(news);
        SubscriberId nobody = reader(news);
        String hostile = "<b>{{unsubscribeUrl}}</b> & \u05d0\u05d1 🚀";
        say(
                knownReader,
                Map.of(city.key(), hostile, born.key(), "1990-12-24", plan.key(), "free"),
                AttributeOrigin.READER);
        String c = city.key();
        IssueId issue = issue(
                news,
                "News from {{" + c + "|your $1 town}}",
                "Dear {{name|friend}}, {{ " + c + " | your $1 town }} {{" + born.key()
                        + "|}}\n\n| A | B |\n|---|---|\n| {{" + plan.key() + "\\|none}} | 2 |");

        send(issue);

        AudienceQuery query = new AudienceQuery(MailKind.NEWSLETTER_ISSUE, issue.value(), house.clock.now());
        List<Addressee> readers = house.database.call(() -> house.audience.after(query, null, 10));
        Addressee first = readers.get(0);
        Addressee second = readers.get(1);
        assertThat(house.mailings.newestOrder().contents().get(0).subject())
                .as("the first field of the text")
                .isEqualTo("News from {{fielda}}");
        assertThat(house.mailings.newestOrder().contents().get(0).body().toString())
                .contains("{{fieldb}}", "{{fielda}}", "{{fieldc}}", "{{fieldd}}");
        assertThat(first.slots())
                .containsEntry("fielda", hostile)
                .containsEntry("fieldb", "friend")
                .containsEntry("fieldc", "24 December 1990")
                .containsEntry("fieldd", "Free plan");
        assertThat(second.slots())
                .containsEntry("fielda", "your $1 town")
                .containsEntry("fieldb", "friend")
                .containsEntry("fieldc", "")
                .containsEntry("fieldd", "none");
        assertThat(house.database.call(() -> house.audience.lookUp(query, List.of(first.recipient()))))
                .containsExactly(first);
        house.clock.advance(java.time.Duration.ofMinutes(5));
        ArchivedIssue archived =
                house.database.call(() -> house.issues.archived(news, issue)).orElseThrow();
        assertThat(archived.subject()).isEqualTo("News from your $1 town");
        assertThat(archived.html())
                .contains("your $1 town", "Dear friend", "<td>none</td>")
                .doesNotContain("{{");
        assertThat(nobody).isNotEqualTo(knownReader);
    }

    @Test
    void refusesFieldsThatNobodyDefinedOrThatHaveNoFallbackNamingTheLine_NLTC7() {
        NewsletterId news = house.newsletter("News");
        AttributeView city = attribute(AttributeType.TEXT, ALL);

        assertThatThrownBy(() -> issue(
                        news, "{{town|x}}", "one\n\n{{" + city.key() + "}} {{town}}\n[x]({{" + city.key() + "|y}})"))
                .isInstanceOfSatisfying(
                        IssueTextRejected.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        new IssueProblem(IssueProblem.Kind.UNKNOWN_MERGE_FIELD, "subject", 0, "town"),
                                        new IssueProblem(
                                                IssueProblem.Kind.MERGE_FIELD_WITHOUT_FALLBACK,
                                                "markdown",
                                                3,
                                                city.key()),
                                        new IssueProblem(IssueProblem.Kind.UNKNOWN_MERGE_FIELD, "markdown", 3, "town"),
                                        new IssueProblem(
                                                IssueProblem.Kind.MISPLACED_MERGE_FIELD, "markdown", 4, city.key())));
    }

    @Test
    void keepsKeyAndTypeAndEveryChoiceThatReadersHave() {
        AttributeView plan = attribute(AttributeType.CHOICE, ALL);
        SubscriberId reader = reader(house.newsletter("News"));
        say(reader, Map.of(plan.key(), "pro"), AttributeOrigin.STAFF);
        AttributeDetails without = new AttributeDetails(
                "other",
                AttributeType.TEXT,
                plan.details().words(),
                List.of(
                        new AttributeChoice("free", Map.of(Locale.ENGLISH, "Free")),
                        new AttributeChoice("gold", Map.of(Locale.ENGLISH, "Gold"))),
                ALL,
                ALL);

        assertThatThrownBy(() -> house.database.inTransaction(
                        () -> house.attributes.change(plan.id(), without, plan.version(), house.staff)))
                .isInstanceOfSatisfying(
                        AttributeDetailsRejected.class,
                        e -> assertThat(e.fields())
                                .containsOnly(Map.entry("choices", AttributeDetailsRejected.Reason.CHOICE_IN_USE)));
        say(reader, Map.of(plan.key(), ""), AttributeOrigin.STAFF);
        house.database.inTransaction(() -> house.attributes.change(plan.id(), without, plan.version(), house.staff));
        AttributeView after =
                house.database.call(() -> house.attributes.find(plan.id())).orElseThrow();
        assertThat(after.key()).isEqualTo(plan.key());
        assertThat(after.type()).isEqualTo(AttributeType.CHOICE);
        assertThat(after.choices(Locale.FRENCH).keySet()).containsExactly("free", "gold");
        assertThatThrownBy(() -> house.database.inTransaction(
                        () -> house.attributes.change(plan.id(), without, plan.version(), house.staff)))
                .isInstanceOf(ChangedMeanwhile.class);
        house.database.inTransaction(() -> house.attributes.remove(plan.id(), house.staff));
        assertThat(house.database.call(() -> house.attributes.find(plan.id()))).isEmpty();
    }

    @Test
    void tagsAreTheSameInWhateverCase() {
        NewsletterId news = house.newsletter("News");
        SubscriberId ada = reader(news);
        SubscriberId bob = reader(news);
        String vip = "Vip" + COUNTER.incrementAndGet();

        long added = house.database.call(() -> house.tags.add(
                List.of(
                        new Tagged(ada.value(), vip),
                        new Tagged(ada.value(), " " + vip.toUpperCase(Locale.ROOT)),
                        new Tagged(bob.value(), vip.toLowerCase(Locale.ROOT)),
                        new Tagged(bob.value(), " , ;")),
                AttributeOrigin.IMPORT));

        assertThat(added).isEqualTo(2);
        assertThat(house.database.call(() -> house.tags.of(List.of(ada.value(), bob.value()))))
                .containsOnly(Map.entry(ada.value(), List.of(vip)), Map.entry(bob.value(), List.of(vip)));
        house.database.inTransaction(() -> house.tags.set(ada, List.of("new"), AttributeOrigin.STAFF));
        assertThat(house.database.call(() -> house.tags.of(ada))).containsExactly("new");
        house.database.inTransaction(() -> house.tags.remove(vip, house.staff));
        assertThat(house.database.call(() -> house.tags.of(bob))).isEmpty();
        assertThat(house.database.call(house.tags::all)).doesNotContain(vip);
    }
}
