package org.tidings.newsletter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.accounts.AccountId;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.newsletter.ConsentView;
import org.tidings.newsletter.ImportAnswer;
import org.tidings.newsletter.ImportOrder;
import org.tidings.newsletter.ImportRejected;
import org.tidings.newsletter.ImportReport;
import org.tidings.newsletter.ImportReport.Reason;
import org.tidings.newsletter.ImportReport.RowError;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.SubscriberView;
import org.tidings.newsletter.SubscriptionState;

/** Lists, import and export, the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SubscribersContract {

    private static final String BASIS = "Signed up on paper at the fair of 2026, cards are kept in the office.";

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

    /** On a database of whatever locale (REP-25). */
    @Test
    void findsWhomAPageShowsByWhatItShows_REP25() {
        NewsletterId news = house.newsletter("Found");
        run(news, "address,name\nx27@BÜCHER.example,Ünal Öz\nother@example.org,Other\n", false);

        for (String typed : List.of(
                "x27@BÜCHER.example",
                "x27@bücher.example",
                "bücher",
                "BÜCH",
                "x27@bu\u0308cher.example",
                "xn--bcher-kva",
                "\u00a0<x27@bücher.example>\u200b",
                "mailto:x27@Bücher.example",
                "Ünal öz",
                "ünal",
                "ÜNAL Ö",
                "u\u0308nal")) {
            assertThat(house.database.call(() -> house.subscribers.find(news, typed, null, null, 10)))
                    .as(typed)
                    .extracting(SubscriberView::name)
                    .containsExactly("Ünal Öz");
        }
        assertThat(house.database.call(() -> house.subscribers.find(news, "%", null, null, 10)))
                .isEmpty();
    }

    private ImportReport run(NewsletterId newsletter, String csv, boolean dryRun) {
        return run(newsletter, csv.getBytes(StandardCharsets.UTF_8), dryRun);
    }

    private ImportReport run(NewsletterId newsletter, byte[] csv, boolean dryRun) {
        return house.database.call(() ->
                house.subscribers.importFrom(newsletter, new ByteArrayInputStream(csv), BASIS, dryRun, house.staff));
    }

    private static ByteArrayInputStream stream(String csv) {
        return new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
    }

    private static String export(House house, NewsletterId newsletter) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        house.database.call(() -> {
            house.subscribers.export(newsletter, null, out, house.staff);
            return out;
        });
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The figures that are not none. Every row is in one of them. */
    private static String figures(ImportReport report) {
        assertThat(report.added()
                        + report.completed()
                        + report.known()
                        + report.optedOut()
                        + report.left()
                        + report.blocked()
                        + report.pending()
                        + report.leftOut()
                        + report.duplicates()
                        + report.errors())
                .isEqualTo(report.rows());
        StringBuilder figures = new StringBuilder("rows " + report.rows());
        add(figures, "added", report.added());
        add(figures, "completed", report.completed());
        add(figures, "known", report.known());
        add(figures, "optedOut", report.optedOut());
        add(figures, "left", report.left());
        add(figures, "blocked", report.blocked());
        add(figures, "pending", report.pending());
        add(figures, "leftOut", report.leftOut());
        add(figures, "ended", report.ended());
        add(figures, "duplicates", report.duplicates());
        add(figures, "errors", report.errors());
        return figures.toString();
    }

    private static void add(StringBuilder figures, String name, long figure) {
        if (figure > 0) {
            figures.append(' ').append(name).append(' ').append(figure);
        }
    }

    private SubscriberView only(NewsletterId newsletter, String address) {
        return house.database.call(() -> house.subscribers.find(newsletter, address, null, null, 2)).stream()
                .findFirst()
                .orElseThrow();
    }

    private String nameOf(NewsletterId newsletter, String address) {
        return only(newsletter, address).name();
    }

    private ConsentView consentOf(NewsletterId newsletter, String address) {
        return house.database
                .call(() -> house.subscribers.consents(only(newsletter, address).id()))
                .get(0);
    }

    /** State, and what stands against the address. */
    private String standing(NewsletterId newsletter, String address) {
        List<SubscriberView> found =
                house.database.call(() -> house.subscribers.find(newsletter, address, null, null, 2));
        String state = found.isEmpty() ? "unknown" : found.get(0).state().name();
        return Stream.concat(
                        Stream.of(state),
                        house.suppressed.against(EmailAddress.parse(address)).stream()
                                .map(Enum::name))
                .collect(Collectors.joining(" "));
    }

    private long confirmed(NewsletterId newsletter) {
        return house.database
                .call(() -> house.subscribers.count(newsletter))
                .getOrDefault(SubscriptionState.CONFIRMED, 0L);
    }

    @Test
    void importsWithTheStatedBasisOnRecord() {
        NewsletterId news = house.newsletter("News");

        ImportReport report = run(
                news,
                "\uFEFFName;E-Mail;Sprache\r\n\"Ünal; O'Hara\";imp1@example.org;de\r\n;IMP1@example.org;\r\n;imp2@bücher.example;en-GB\r\n",
                false);

        assertThat(figures(report)).isEqualTo("rows 3 added 2 duplicates 1");
        assertThat(report.imported()).isTrue();
        List<SubscriberView> all = house.database.call(() -> house.subscribers.find(news, "", null, null, 100));
        assertThat(all).extracting(SubscriberView::name).containsExactlyInAnyOrder("Ünal; O'Hara", "");
        assertThat(house.database.call(
                        () -> house.subscribers.consents(all.get(0).id())))
                .singleElement()
                .matches(consent -> consent.means() == Means.IMPORT
                        && consent.statement().equals(BASIS)
                        && consent.policyVersion().equals("2026-01"));
        assertThat(house.auditLog.actions).contains("import-subscribers 2");
    }

    @Test
    void changesNothingInADryRun() {
        NewsletterId news = house.newsletter("News");

        ImportReport report = run(news, "address\ndry1@example.org\ndry2@example.org\n", true);

        assertThat(figures(report)).isEqualTo("rows 2 added 2");
        assertThat(report.imported()).isFalse();
        assertThat(confirmed(news)).isZero();
    }

    /** NLT-B4, REP-11, REP-23: one bad row of 200,000 stopped all. */
    @Test
    void leavesOutWrongRowsAndSaysWhichAndWhy_NLTB4() {
        NewsletterId news = house.newsletter("News");
        List<List<String>> wrong = new ArrayList<>();
        String csv = ("address,name,language⏎ok@example.org,,⏎not an address,,⏎,x,⏎fine@example.org,\"a⏎b\",xx⏎"
                        + "x@example.org,,,surplus,⏎blank@example.org,,,,⏎\"one@example.org; two@example.org\",,⏎")
                .replace("⏎", "\n");

        ImportReport report = house.database.call(() -> house.subscribers.importFrom(
                news,
                new ImportOrder(stream(csv), BASIS, Map.of(), false, (header, fields, error) -> wrong.add(fields)),
                house.staff));

        assertThat(figures(report)).isEqualTo("rows 7 added 3 errors 4");
        assertThat(report.imported()).isTrue();
        assertThat(report.firstErrors())
                .containsExactly(
                        new RowError(3, "address", Reason.ADDRESS_INVALID),
                        new RowError(4, "address", Reason.ADDRESS_MISSING),
                        new RowError(7, "", Reason.TOO_MANY_COLUMNS),
                        new RowError(9, "address", Reason.SEVERAL_ADDRESSES));
        assertThat(report.firstNotes()).containsExactly(new RowError(5, "language", Reason.LANGUAGE_UNKNOWN));
        assertThat(wrong).hasSize(4).first().isEqualTo(List.of("not an address", "", ""));
        assertThat(nameOf(news, "fine@example.org")).isEqualTo("a b");
    }

    @Test
    void neverBringsBackWhoLeftOrWasErased() {
        NewsletterId news = house.newsletter("News");
        EmailAddress left = house.reader(news);
        house.database.inTransaction(() -> house.preferences.unsubscribe(house.token(left, news), Means.ONE_CLICK));
        EmailAddress erased = house.reader(news);
        String sitting = house.sitting(erased);
        house.database.inTransaction(() -> house.sittings.erase(sitting, House.BROWSER));
        EmailAddress reader = house.reader(news);
        String csv = "email\n" + left.original() + "\n" + erased.original().toUpperCase(Locale.ROOT) + "\n"
                + reader.original() + "\nnew" + UUID.randomUUID() + "@example.org\n";

        ImportReport report = run(news, csv, false);

        assertThat(figures(report)).isEqualTo("rows 4 added 1 known 1 optedOut 2");
        assertThat(house.entry(left, news).state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        assertThat(house.database.call(() -> house.book.byAddress(erased))).isEmpty();
    }

    @Test
    void refusesWhatIsNoListAndSaysWhy_NLTB5() throws IOException {
        NewsletterId news = house.newsletter("News");

        assertRejected(news, "", ImportRejected.Reason.EMPTY);
        assertRejected(news, "address\n", ImportRejected.Reason.EMPTY);
        assertRejected(news, "\"address\na@example.org\n", ImportRejected.Reason.NOT_CSV);
        assertRejected(news, "address\n" + "a@example.org\n".repeat(50_001), ImportRejected.Reason.TOO_MANY_ROWS);
        assertRejected(news, "a@example.org,1,0\nb@example.org,0,1\n", ImportRejected.Reason.NO_HEADER);
        assertRejected(news, "a@example.org,2024-01-01\n", ImportRejected.Reason.NO_HEADER);
        assertRejected(news, zip("read-me.md"), ImportRejected.Reason.ZIP);
        assertThatThrownBy(() -> run(news, "name,phone\nAda,1\n", false))
                .isInstanceOfSatisfying(
                        ImportRejected.class, e -> assertThat(e.columns()).containsExactly("name", "phone"));
        assertRejected(
                news,
                "address\n\u0000\u0000a@b\u0000".getBytes(StandardCharsets.UTF_8),
                ImportRejected.Reason.NOT_UTF_8);
        assertRejected(news, zip("content.xml"), ImportRejected.Reason.SPREADSHEET);
        byte[] basisMissing = "address\na@example.org\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> house.database.call(() -> house.subscribers.importFrom(
                        news, new ByteArrayInputStream(basisMissing), "because", false, house.staff)))
                .isInstanceOfSatisfying(
                        ImportRejected.class,
                        e -> assertThat(e.reason()).isEqualTo(ImportRejected.Reason.BASIS_MISSING));
    }

    private static byte[] zip(String name) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(packed)) {
            out.putNextEntry(new ZipEntry(name));
            out.write("email\na@example.org\n".getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "windows-1252", "x-MacRoman"})
    void readsTheEncodingsOfSpreadsheets_NLTB5(String encoding) {
        NewsletterId news = house.newsletter("News");
        String address = House.address().original();

        ImportReport report = run(
                news, ("email\tname\r\n" + address + "\tJürgen Größe\r\n").getBytes(Charset.forName(encoding)), false);

        assertThat(report.encoding()).isEqualTo(encoding);
        assertThat(nameOf(news, address)).isEqualTo("Jürgen Größe");
    }

    private void assertRejected(NewsletterId newsletter, String csv, ImportRejected.Reason reason) {
        assertRejected(newsletter, csv.getBytes(StandardCharsets.UTF_8), reason);
    }

    private void assertRejected(NewsletterId newsletter, byte[] csv, ImportRejected.Reason reason) {
        assertThatThrownBy(() -> run(newsletter, csv, false))
                .isInstanceOfSatisfying(
                        ImportRejected.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void importsManyRowsInChunks() {
        NewsletterId news = house.newsletter("News");
        StringBuilder csv = new StringBuilder("address,name\n");
        for (int i = 0; i < 12_345; i++) {
            csv.append("many")
                    .append(i)
                    .append("@example.org,Reader ")
                    .append(i)
                    .append('\n');
        }

        long begun = System.nanoTime();
        ImportReport report = run(news, csv.toString(), false);
        System.out.printf("import: %,d rows/s%n", 12_345_000_000_000L / Math.max(1, System.nanoTime() - begun));

        assertThat(report.added()).isEqualTo(12_345);
        assertThat(confirmed(news)).isEqualTo(12_345);
        assertThat(run(news, csv.toString(), false).known()).isEqualTo(12_345);
    }

    @Test
    void exportsSafelyForSpreadsheets_REP26() {
        NewsletterId news = house.newsletter("News");
        run(news, "address,name,zone\nex1@example.org,=1+1,\nex2@example.org,\"Quote \"\" me\",Asia/Tokyo\n", false);

        String csv = export(house, news);

        assertThat(csv)
                .startsWith(
                        "\uFEFFaddress,name,language,zone,state,since,confirmed,ended_by,suppressed,suppressed_since,"
                                + "confirmed_ip,tags\r\n")
                .contains("ex1@example.org,'=1+1,")
                .contains("ex2@example.org,\"Quote \"\" me\",und,Asia/Tokyo,CONFIRMED,");
    }

    @Test
    void importsTimeZonesAndDropsWhatIsNone() {
        NewsletterId news = house.newsletter("News");

        ImportReport report = run(
                news,
                ("Adresse;Zeitzone⏎zone1@example.org;America/Argentina/Buenos_Aires⏎zone2@example.org;⏎"
                                + "zone3@example.org;Europe/Atlantis⏎zone4@example.org;GMT+1⏎zone5@example.org;europe/berlin")
                        .replace("⏎", "\n"),
                false);

        assertThat(figures(report)).isEqualTo("rows 5 added 5");
        assertThat(house.database.call(() -> house.subscribers.find(news, "", null, null, 10)))
                .extracting(SubscriberView::zone)
                .containsExactlyInAnyOrder(
                        Optional.of(ZoneId.of("America/Argentina/Buenos_Aires")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(ZoneId.of("Europe/Berlin")));
        assertThat(report.firstNotes())
                .containsExactly(
                        new RowError(4, "Zeitzone", Reason.ZONE_UNKNOWN),
                        new RowError(5, "Zeitzone", Reason.ZONE_UNKNOWN));
    }

    // What a file says of people's standing

    /** NLT-A1, REP-01: each is a list as that system writes it; {@code @} stands for somebody new at each run. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', textBlock = """
            listmonk ! uuid,email,name,attributes,status,created_at,updated_at|1,@,A,{},blocklisted,2023-01-02 10:00:00.123 +0000 UTC,2024-01-02 10:00:00.123 +0000 UTC ! UNSUBSCRIBED COMPLAINED
            listmonk disabled ! uuid,email,name,attributes,status|1,@,A,{},disabled ! UNSUBSCRIBED
            Mailchimp unsubscribed ! Email Address,First Name,OPTIN_TIME,UNSUB_TIME,UNSUB_REASON,LEID,EUID|@,A,2018-02-12 10:54:27,2018-07-23 12:19:27,NORMAL,1,2 ! UNSUBSCRIBED
            Mailchimp unsubscribed, no time ! Email Address,UNSUB_TIME,LEID,EUID|@,,1,2 ! UNSUBSCRIBED
            Mailchimp cleaned ! Email Address,CONFIRM_TIME,CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,LEID,EUID|@,2018-02-12 10:54:27,2018-07-23 12:19:27,Spring,1,2 ! UNSUBSCRIBED HARD_BOUNCED
            Mailchimp subscribed ! Email Address,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,LAST_CHANGED,LEID,EUID,TAGS|@,5,2023-04-21 11:16:57,2023-04-21 11:17:57,2024-01-01 00:00:00,1,a,\"""VIP"",""Blog\""" ! CONFIRMED
            Ghost off ! id,email,name,note,subscribed_to_emails,complimentary_plan,created_at,deleted_at,labels,tiers|1,@,A,,false,false,2024-01-15T10:00:00.000Z,,, ! UNSUBSCRIBED
            Ghost deleted ! id,email,name,note,subscribed_to_emails,complimentary_plan,created_at,deleted_at,labels,tiers|1,@,A,,true,false,2024-01-15T10:00:00.000Z,2025-01-01T00:00:00.000Z,, ! UNSUBSCRIBED
            Ghost on ! id,email,name,note,subscribed_to_emails,complimentary_plan,created_at,deleted_at,labels,tiers|1,@,A,VIP,true,true,2024-01-15T10:00:00.000Z,,"a,b", ! CONFIRMED
            Substack off ! email,active_subscription,expiry,plan,email_disabled,created_at|@,false,,other,true,2024-03-01T10:00:00.000Z ! UNSUBSCRIBED
            Substack on ! email,active_subscription,expiry,plan,email_disabled,created_at|@,false,,other,false,2024-03-01T10:00:00.000Z ! CONFIRMED
            Beehiiv inactive ! id,email,status,created_at,unsubscribed_at|1,@,inactive,2024-03-01,2024-05-01 ! UNSUBSCRIBED
            Beehiiv pending ! id,email,status,created_at|1,@,pending,2024-03-01 ! PENDING
            Beehiiv left but active ! id,email,status,unsubscribed_at|1,@,active,2024-05-01 ! UNSUBSCRIBED
            Kit cancelled ! email_address,first_name,state|@,A,cancelled ! UNSUBSCRIBED
            Kit complained ! email_address,first_name,state|@,A,complained ! UNSUBSCRIBED COMPLAINED
            Keila ! Email,First name,Last name,Status|@,A,B,unsubscribed ! UNSUBSCRIBED
            Keila unreachable ! Email,First name,Last name,Status|@,A,B,unreachable ! UNSUBSCRIBED HARD_BOUNCED
            MailerLite junk ! Subscriber,Status,Subscribed|@,Junk,2024-01-01 10:00:00 ! UNSUBSCRIBED COMPLAINED
            Sendy ! Name,Email,Status|A,@,Marked as spam ! UNSUBSCRIBED COMPLAINED
            Sendy soft ! Name,Email,Status|A,@,Soft bounced ! UNSUBSCRIBED HARD_BOUNCED
            phpList blacklisted ! email,confirmed,blacklisted,bouncecount,disabled|@,1,1,0,0 ! UNSUBSCRIBED COMPLAINED
            phpList unconfirmed ! email,confirmed,blacklisted,bouncecount,disabled|@,0,0,0,0 ! PENDING
            phpList in words ! Email,Is this subscriber confirmed,Is this subscriber blacklisted|@,1,0 ! CONFIRMED
            Brevo ! CONTACT ID;EMAIL;EMAIL_BLACKLISTED;SMS_BLACKLISTED|1;@;true;false ! UNSUBSCRIBED COMPLAINED
            Brevo, no text messages ! CONTACT ID;EMAIL;EMAIL_BLACKLISTED;SMS_BLACKLISTED|1;@;false;true ! CONFIRMED
            Buttondown ! email_address,type,unsubscription_date|@,unactivated, ! PENDING
            Buttondown left ! email_address,type,unsubscription_date|@,regular,2024-05-01T00:00:00Z ! UNSUBSCRIBED
            Mailman ! email,display_name,delivery_status|@,A,by_bounces ! UNSUBSCRIBED HARD_BOUNCED
            whatever its name ! email,kind|@,Unsubscribed ! UNSUBSCRIBED
            among tags ! email,tags|@,"vip, unsubscribed" ! UNSUBSCRIBED
            without a header ! @,unsubscribed ! UNSUBSCRIBED
            German ! E-Mail-Adresse;Vorname;Nachname;Abgemeldet am|@;Ann;Ek;01.02.2023 10:00 ! UNSUBSCRIBED
            German status ! E-Mail;Zustand|@;Gesperrt ! UNSUBSCRIBED COMPLAINED
            German consent ! E-Mail;Einwilligung|@;nein ! PENDING
            German consent given ! E-Mail;Einwilligung|@;ja ! CONFIRMED
            Salesforce ! Email,HasOptedOutOfEmail|@,TRUE ! UNSUBSCRIBED
            in days to come ! email,unsubscribed_at|@,2199-01-01 ! UNSUBSCRIBED
            unreadable day ! email,unsubscribed_at|@,3/4/2024 ! UNSUBSCRIBED
            """)
    void neverSubscribesWhoIsNotToBeWrittenToThere_NLTA1(String system, String list, String expected) {
        NewsletterId news = house.newsletter("News");
        String address = House.address().original();

        ImportReport report = run(news, list.replace("|", "\n").replace("@", address) + "\n", false);

        assertThat(report.questions()).isEmpty();
        assertThat(report.errors()).isZero();
        assertThat(standing(news, address)).isEqualTo(expected);
    }

    /** NLT-A1: stricter of several columns, of several rows. */
    @Test
    void takesTheStrictestOfColumnsAndOfRows_NLTA1() {
        NewsletterId news = house.newsletter("News");
        String first = House.address().original();
        String second = House.address().original();

        ImportReport report = run(
                news,
                "email,status,opt_out\n" + first + ",active,1\n" + second + ",subscribed,0\n"
                        + second.toUpperCase(Locale.ROOT) + ",bounced,0\n" + second + ",active,0\n",
                false);

        assertThat(figures(report)).isEqualTo("rows 4 left 1 blocked 1 duplicates 2");
        assertThat(standing(news, first)).isEqualTo("UNSUBSCRIBED");
        assertThat(standing(news, second)).isEqualTo("UNSUBSCRIBED HARD_BOUNCED");
    }

    @Test
    void comesInAsLeftWithTheDayThatTheFileSays_NLTA1() {
        NewsletterId news = house.newsletter("News");
        String address = House.address().original();

        run(
                news,
                "Email Address,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,UNSUB_TIME,LEID\n" + address
                        + ",2018-02-12 10:54:20,192.0.2.7,2018-02-12 10:54:27,192.0.2.8,2018-07-23 12:19:27,1\n",
                false);

        SubscriberView left = only(news, address);
        assertThat(left.since()).isEqualTo("2018-07-23T12:19:27Z");
        assertThat(left.ended()).contains(Means.IMPORT);
        assertThat(house.database.call(() -> house.subscribers.consents(left.id())))
                .extracting(
                        ConsentView::given,
                        consent -> consent.at().toString(),
                        ConsentView::network,
                        ConsentView::policyVersion)
                .containsExactly(
                        tuple(false, "2018-07-23T12:19:27Z", "", ""),
                        tuple(true, "2018-02-12T10:54:27Z", "192.0.2.8", ""));
    }

    /** NLT-B3: dated as the file says; what cannot be is reported, and the import's own time stands. */
    @Test
    void takesOverWhenAndFromWhereSomebodyAgreed_NLTB3() {
        NewsletterId news = house.newsletter("News");
        String told = House.address().original();
        String ahead = House.address().original();

        ImportReport report = run(
                news,
                "email,confirmed_at,signup_ip\n" + told + ",2021-03-04T05:06:07+02:00,2001:db8::1\n" + ahead
                        + ",2199-01-01T00:00:00Z,none of it\n",
                false);

        assertThat(report.firstNotes()).containsExactly(new RowError(3, "confirmed_at", Reason.TIME_IMPOSSIBLE));
        ConsentView consent = consentOf(news, told);
        assertThat(consent.at()).isEqualTo("2021-03-04T03:06:07Z");
        assertThat(consent.network()).isEqualTo("2001:db8::1");
        assertThat(consentOf(news, ahead).at()).isEqualTo(house.book.now());
        assertThat(consentOf(news, ahead).network()).isEmpty();
        house.database.inTransaction(() ->
                house.book.erase(house.book.byAddress(EmailAddress.parse(told)).orElseThrow()));
        assertThat(house.database.call(() -> house.sql.list(
                        "select network from newsletter.consent where network = '2001:db8::1'",
                        row -> row.getString(1))))
                .as("an erasure reaches the device's address")
                .isEmpty();
    }

    /** The consent is old, the audience new: a mailing that runs has been counted without her. */
    @Test
    void comesIntoNoAudienceThatWasFrozenBefore() {
        NewsletterId news = house.newsletter("News");
        String address = House.address().original();

        run(news, "email,confirmed_at\n" + address + ",2021-03-04T05:06:07Z\n", false);

        assertThat(house.database.call(() -> house.sql.list(
                        "select s.confirmed_at from newsletter.subscription s where s.newsletter = ?",
                        row -> row.getObject(1, OffsetDateTime.class),
                        news.value())))
                .containsExactly(house.book.now());
    }

    /** NLT-A1: a value that is not understood stops the import with a question; the answer lets it go on. */
    @Test
    void asksWhatAValueMeansBeforeItImportsAnybody_NLTA1() {
        NewsletterId news = house.newsletter("News");
        List<String> all =
                Stream.generate(() -> House.address().original()).limit(6).toList();
        String csv = "email,Membership state\n" + all.get(0) + ",snoozed\n" + all.get(1) + ",active\n" + all.get(2)
                + ",snoozed\n" + all.get(3) + ",3\n" + all.get(4) + ",\n" + all.get(5) + ",unsubscribed\n";

        ImportReport asked = run(news, csv, false);

        assertThat(asked.imported()).isFalse();
        assertThat(asked.questions())
                .containsExactly(
                        new ImportReport.Question("Membership state", "snoozed", 2, List.of(2L, 4L)),
                        new ImportReport.Question("Membership state", "3", 1, List.of(5L)),
                        new ImportReport.Question("Membership state", "", 1, List.of(6L)));
        assertThat(house.database.call(() -> house.subscribers.find(news, "", null, null, 10)))
                .isEmpty();

        Map<String, ImportAnswer> answers = Map.of(
                "Membership state:snoozed", ImportAnswer.BLOCKED,
                "Membership state:3", ImportAnswer.LEFT,
                "Membership state:*", ImportAnswer.LEAVE_OUT);
        ImportReport answered = house.database.call(() -> house.subscribers.importFrom(
                news, new ImportOrder(stream(csv), BASIS, answers, false, ImportOrder.WrongRows.IGNORED), house.staff));

        assertThat(figures(answered)).isEqualTo("rows 6 added 1 left 2 blocked 2 leftOut 1");
        assertThat(all.stream().map(address -> standing(news, address)))
                .containsExactly(
                        "UNSUBSCRIBED COMPLAINED",
                        "CONFIRMED",
                        "UNSUBSCRIBED COMPLAINED",
                        "UNSUBSCRIBED",
                        "unknown",
                        "UNSUBSCRIBED");
    }

    /** NLT-A1: a list that was imported before without its standings is mended by importing it with them. */
    @Test
    void endsWhomOnlyAnImportHadSubscribed_NLTA1() {
        NewsletterId news = house.newsletter("News");
        String imported = House.address().original();
        EmailAddress herself = house.reader(news);
        run(news, "email\n" + imported + "\n", false);

        ImportReport report = run(
                news,
                "email,unsubscribed_at\n" + imported + ",2020-01-01\n" + herself.original() + ",2020-01-01\n",
                false);

        assertThat(figures(report)).isEqualTo("rows 2 left 2 ended 1");
        assertThat(standing(news, imported)).isEqualTo("UNSUBSCRIBED");
        assertThat(house.entry(herself, news).state())
                .as("she said so herself, and later")
                .isEqualTo(SubscriptionState.CONFIRMED);
    }

    @Test
    void whoCameInAsLeftCanSubscribeAgainAndStays_NLTA1() {
        NewsletterId news = house.newsletter("News");
        EmailAddress address = House.address();
        String csv = "email,status\n" + address.original() + ",unsubscribed\n";
        run(news, csv, false);

        house.clock.advance(Duration.ofMinutes(1));
        house.request(news, address);
        house.database.inTransaction(() -> house.subscriptions.confirm(house.tokenOfNewestLink()));
        run(news, csv, false);

        assertThat(house.entry(address, news).state()).isEqualTo(SubscriptionState.CONFIRMED);
    }

    /** What came back elsewhere does not stop the mail about an account here. */
    @Test
    void suppressesNoAccountsMailbox_NLTA1() {
        NewsletterId news = house.newsletter("News");
        EmailAddress address = House.address();
        AccountId account = house.accounts.open(address.original(), "Ada");
        house.database.inTransaction(() -> house.subscriptions.subscribe(account, news, Locale.ENGLISH));

        ImportReport report = run(news, "email,status\n" + address.original() + ",bounced\n", false);

        assertThat(figures(report)).isEqualTo("rows 1 blocked 1 ended 1");
        assertThat(standing(news, address.original())).isEqualTo("UNSUBSCRIBED");
    }

    /** NLT-B2: never overwritten. */
    @Test
    void completesWhatIsNotKnownOfSomebody_NLTB2() {
        NewsletterId news = house.newsletter("News");
        String bare = House.address().original();
        String named = House.address().original();
        run(news, "email,name\n" + bare + ",\n" + named + ",Ann\n", false);

        ImportReport report =
                run(news, "email,First Name,Last Name\n" + bare + ",Grace,Hopper\n" + named + ",Other,Name\n", false);

        assertThat(figures(report)).isEqualTo("rows 2 completed 1 known 1");
        assertThat(nameOf(news, bare)).isEqualTo("Grace Hopper");
        assertThat(nameOf(news, named)).isEqualTo("Ann");
    }

    /** NLT-A2, REP-01, REP-10: into an empty site and into another newsletter, unchanged; twice changes nothing. */
    @Test
    void itsOwnExportMeansTheSameAgain_NLTA2_REP01_REP10() {
        NewsletterId news = house.newsletter("News");
        everyStanding(news);
        String exported = export(house, news);
        long rows = exported.lines().count() - 1;

        NewsletterId other = house.newsletter("Other");
        ImportReport first = run(other, exported, false);
        String again = export(house, other);
        run(other, exported, false);

        assertThat(first.questions()).isEmpty();
        assertThat(first.rows()).isEqualTo(rows);
        assertThat(first.errors() + first.notes() + first.duplicates()).isZero();
        assertThat(meaning(again)).isEqualTo(meaning(exported));
        assertThat(export(house, other)).as("a second time").isEqualTo(again);
        String before = export(house, news);
        run(news, exported, false);
        assertThat(export(house, news)).as("into itself").isEqualTo(before);
        try (House empty = new House(open())) {
            empty.clock.moveTo(house.clock.now());
            NewsletterId moved = empty.newsletter("Moved");
            empty.database.call(() -> empty.subscribers.importFrom(moved, stream(exported), BASIS, false, empty.staff));
            assertThat(meaning(export(empty, moved))).isEqualTo(meaning(exported));
        }
        String inExcel = exported.replace(",", ";").replace("\uFEFF", "\uFEFFsep=;\r\n") + ";;;;;;;;;;\r\n\u001A";
        ImportReport excel = run(house.newsletter("Excel"), inExcel, true);
        assertThat(excel.rows()).isEqualTo(rows);
        assertThat(excel.added()).isEqualTo(first.added());
    }

    /** Somebody for each way to stand with a newsletter, and names and languages that are easily lost. */
    private void everyStanding(NewsletterId news) {
        house.clock.advance(Duration.ofMinutes(1));
        for (Means means : Means.values()) {
            EmailAddress reader = house.reader(news);
            house.database.inTransaction(
                    () -> house.book.end(house.entry(reader, news).id(), means));
        }
        house.reader(news);
        house.request(news, House.address());
        house.suppressed.suppress(house.reader(news), SuppressedAddresses.Reason.HARD_BOUNCED);
        EmailAddress complainer = house.reader(news);
        house.suppressed.suppress(complainer, SuppressedAddresses.Reason.COMPLAINED);
        house.database.inTransaction(
                () -> house.book.end(house.entry(complainer, news).id(), Means.COMPLAINT));
        run(
                news,
                "email,name,language,zone,confirmed_at,confirm_ip\n"
                        + House.address().original()
                        + ",-5,fil,Asia/Manila,2020-05-06T07:08:09.123456Z,192.0.2.9\n"
                        + House.address().original() + ",'-5,ckb,,2020-01-01,\n"
                        + House.address().original() + ",''=1,German,,2020-01-01,\n",
                false);
        house.clock.advance(Duration.ofMinutes(1));
    }

    /** Everything but how it ended: that it was imported is so there. */
    private static List<List<String>> meaning(String csv) {
        return csv.lines()
                .map(line -> {
                    List<String> fields = new ArrayList<>(List.of(line.split(",", -1)));
                    fields.set(7, fields.get(7).isEmpty() ? "" : "ended");
                    return fields;
                })
                .sorted(Comparator.comparing(Object::toString))
                .toList();
    }

    // Rows and columns as people and spreadsheets write them

    /** REP-11, REP-23, NLT-B1: each is a file; {@code @} stands for somebody, {@code ⏎} for a line's end. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', textBlock = """
            empty rows of Excel ! email;name⏎@;Ann⏎;⏎; ⏎ ! Ann
            separator named ! sep=;⏎email;name⏎@;Ann⏎ ! Ann
            Ctrl-Z ! email,name⏎@,Ann⏎[SUB] ! Ann
            blanks ! email    , name  ⏎ @  ,  Ann ⏎     ⏎ ! Ann
            separators in quotes ! "email";"name";"first, last, middle, other"⏎@;Ann;x⏎ ! Ann
            postal address ! Name,Address,Email⏎Ann,"1 Main St, Springfield",@⏎ ! Ann
            no-break and zero-width ! email,name⏎[NBSP]@[ZWSP],[NBSP]Ann⏎ ! Ann
            link of a sheet ! email,name⏎mailto:@?subject=x,Ann⏎ ! Ann
            name before it ! email⏎"Ann <@>"⏎ ! Ann
            quoted name before it, no header ! "Archer, Ann" <@>⏎ ! Archer, Ann
            no header ! @⏎ !
            no header, with names ! @,Ann⏎ ! Ann
            Google ! Name,Given Name,Family Name,E-mail 1 - Type,E-mail 1 - Value⏎Ann Ek,Ann,Ek,Home,@⏎ ! Ann Ek
            Outlook ! First Name,Last Name,E-mail Address⏎Ann,Ek,@⏎ ! Ann Ek
            German Excel ! Vorname;Name;E-Mail-Adresse⏎Ann;Ek;@⏎ ! Ann Ek
            unheard of ! Contact,Box⏎Ann,@⏎ !
            pipes ! email|name⏎@|Ann⏎ ! Ann
            line break and tab in a name ! email;name⏎@;"Ann⏎[TAB]Ek"⏎ ! Ann Ek
            line separator in a name ! email;name⏎@;Ann[LS]Ek⏎ ! Ann Ek
            quotes in a name ! email,name⏎@,Ann "Annie" Ek⏎ ! Ann "Annie" Ek
            long field that nobody reads ! email,name,junk mail folder⏎@,Ann,0⏎ ! Ann
            """)
    void readsRowsAsTheyAreWritten_NLTB1_REP11_REP23(String kind, String list, @Nullable String name) {
        NewsletterId news = house.newsletter("News");
        String address = House.address().original();

        String csv = list.replace("⏎", "\r\n")
                .replace("@", address)
                .replace("[SUB]", "\u001A")
                .replace("[NBSP]", "\u00A0")
                .replace("[ZWSP]", "\u200B")
                .replace("[LS]", "\u2028")
                .replace("[TAB]", "\t");
        ImportReport report = run(news, csv, false);

        assertThat(figures(report)).isEqualTo("rows 1 added 1");
        assertThat(report.notes()).isZero();
        assertThat(nameOf(news, address)).isEqualTo(name == null ? "" : name);
    }

    /** NLT-B5: attributes of listmonk, columns of a CRM. */
    @Test
    void readsWideAndLongRows_NLTB5() {
        NewsletterId news = house.newsletter("News");
        String columns = IntStream.range(0, 300).mapToObj(i -> ",c" + i).collect(Collectors.joining());

        ImportReport report = run(
                news,
                "email" + columns + "\n" + House.address().original() + ",\"" + "x".repeat(50_000) + "\"\n",
                false);

        assertThat(figures(report)).isEqualTo("rows 1 added 1");
    }

    /** NLT-B4: what a missing quotation mark swallows does not vanish in silence. */
    @Test
    void saysWhereAQuotationMarkHasNoEnd_NLTB4() {
        NewsletterId news = house.newsletter("News");
        List<String> all =
                Stream.generate(() -> House.address().original()).limit(6).toList();

        ImportReport swallowing = run(
                news,
                "email,name\n" + all.get(0) + ",\"Ann\n" + all.get(1) + ",\"Bob\n" + all.get(2) + ",Cid\n",
                false);
        ImportReport open = run(
                news, "email,name\n" + all.get(3) + ",\"Ann\n" + all.get(4) + ",Bob\n" + all.get(5) + ",Cid\n", false);

        assertThat(swallowing.firstErrors()).containsExactly(new RowError(2, "name", Reason.QUOTE_OPEN));
        assertThat(swallowing.added()).isEqualTo(1);
        assertThat(open.firstErrors()).containsExactly(new RowError(2, "", Reason.QUOTE_OPEN));
        assertThat(open.added()).isEqualTo(2);
    }

    /** Words that many have are looked for in another way than those that few have. */
    @Test
    void findsManyAndFewInTheOrderOfTheList() {
        NewsletterId news = house.newsletter("Crowded");
        String crowd = "crowd" + House.address().original().replaceAll("[^a-z0-9]", "");
        StringBuilder csv = new StringBuilder("email\n");
        for (int i = 0; i < 1_100; i++) {
            csv.append(crowd).append('.').append(i).append("@example.org\n");
        }
        run(news, csv.toString(), false);

        List<SubscriberView> all = house.database.call(() -> house.subscribers.find(news, "", null, null, 1_000));
        List<SubscriberView> many = house.database.call(() -> house.subscribers.find(news, crowd, null, null, 1_000));
        assertThat(many).isEqualTo(all);
        assertThat(house.database.call(() -> house.subscribers.find(
                        news, crowd, SubscriptionState.CONFIRMED, many.get(999).subscription(), 1_000)))
                .hasSize(100);
        List<SubscriberView> few = house.database.call(
                () -> house.subscribers.find(news, crowd + ".10", SubscriptionState.CONFIRMED, null, 1_000));
        assertThat(few)
                .hasSize(111)
                .isSortedAccordingTo(
                        Comparator.comparing(one -> one.subscription().toString()));
        assertThat(house.database.call(() -> house.subscribers.find(
                        news, crowd + ".10", null, few.get(109).subscription(), 10)))
                .containsExactly(few.get(110));
    }

    @Test
    void findsByPartOfTheAddressAndPagesInOrder() {
        NewsletterId news = house.newsletter("News");
        run(news, "address\nfind.me@example.org\nfind_me@example.org\nother@example.org\n", false);

        assertThat(house.database.call(() -> house.subscribers.find(news, "FIND_", null, null, 10)))
                .extracting(SubscriberView::address)
                .containsExactly("find_me@example.org");
        List<SubscriberView> first = house.database.call(() -> house.subscribers.find(news, "", null, null, 2));
        List<SubscriberView> rest = house.database.call(
                () -> house.subscribers.find(news, "", null, first.get(1).subscription(), 2));
        assertThat(first).hasSize(2);
        assertThat(rest).hasSize(1);
        assertThat(Stream.concat(first.stream(), rest.stream()))
                .extracting(SubscriberView::address)
                .containsExactlyInAnyOrder("find.me@example.org", "find_me@example.org", "other@example.org");
        assertThat(house.database
                        .call(() -> house.subscribers.bySubscription(
                                List.of(first.get(0).subscription(), UUID.randomUUID())))
                        .values())
                .extracting(SubscriberView::address)
                .containsExactly(first.get(0).address());
    }

    @Test
    void endsSubscriptionAtThePersonsWish() {
        NewsletterId news = house.newsletter("News");
        EmailAddress reader = house.reader(news);

        house.database.inTransaction(
                () -> house.subscribers.unsubscribe(house.entry(reader, news).id(), house.staff));

        assertThat(house.entry(reader, news).reason()).isEqualTo(Means.STAFF);
        assertThat(house.auditLog.actions).contains("unsubscribe-subscriber ");
    }
}
