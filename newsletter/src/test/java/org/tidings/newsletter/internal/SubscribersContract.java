package org.tidings.newsletter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.testing.TestDatabase;
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

    /** On a database of whatever locale (F25). */
    @Test
    void findsWhomAPageShowsByWhatItShows_F25() {
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

        assertThat(report).isEqualTo(new ImportReport(3, 2, 0, 0, 1, 0, List.of(), true));
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

        assertThat(report).isEqualTo(new ImportReport(2, 2, 0, 0, 0, 0, List.of(), false));
        assertThat(confirmed(news)).isZero();
    }

    @Test
    void importsNothingWhenAnyRowHasAnError() {
        NewsletterId news = house.newsletter("News");

        ImportReport report = run(
                news,
                "address,name,language\nok@example.org,,\nnot an address,,\n,x,\nfine@example.org,\"a\nb\",xx\nx@example.org,,,,\n",
                false);

        assertThat(report.imported()).isFalse();
        assertThat(report.firstErrors())
                .containsExactly(
                        new RowError(3, "address", Reason.ADDRESS_INVALID),
                        new RowError(4, "address", Reason.ADDRESS_MISSING),
                        new RowError(5, "name", Reason.NAME_CHARACTERS),
                        new RowError(5, "language", Reason.LANGUAGE_UNKNOWN),
                        new RowError(7, "", Reason.TOO_MANY_COLUMNS));
        assertThat(confirmed(news)).isZero();
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
        String csv = "email\n" + left.original() + "\n" + erased.original().toUpperCase(java.util.Locale.ROOT) + "\n"
                + reader.original() + "\nnew" + UUID.randomUUID() + "@example.org\n";

        ImportReport report = run(news, csv, false);

        assertThat(report).isEqualTo(new ImportReport(4, 1, 1, 2, 0, 0, List.of(), true));
        assertThat(house.entry(left, news).state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        assertThat(house.database.call(() -> house.book.byAddress(erased))).isEmpty();
    }

    @Test
    void refusesFilesThatAreNotCsvInUtf8() {
        NewsletterId news = house.newsletter("News");

        assertRejected(news, "", ImportRejected.Reason.EMPTY);
        assertRejected(news, "address\n", ImportRejected.Reason.EMPTY);
        assertRejected(news, "name,phone\nAda,1\n", ImportRejected.Reason.NO_ADDRESS_COLUMN);
        assertRejected(news, "address\n\"never closed", ImportRejected.Reason.NOT_CSV);
        assertRejected(news, "address\n" + "x".repeat(5_000), ImportRejected.Reason.NOT_CSV);
        assertRejected(news, "address\n" + "a@example.org\n".repeat(50_001), ImportRejected.Reason.TOO_MANY_ROWS);
        byte[] latin1 = "address,name\na@example.org,J\u00f6rg\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> run(news, latin1, false))
                .isInstanceOfSatisfying(
                        ImportRejected.class, e -> assertThat(e.reason()).isEqualTo(ImportRejected.Reason.NOT_UTF_8));
        byte[] basisMissing = "address\na@example.org\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> house.database.call(() -> house.subscribers.importFrom(
                        news, new ByteArrayInputStream(basisMissing), "because", false, house.staff)))
                .isInstanceOfSatisfying(
                        ImportRejected.class,
                        e -> assertThat(e.reason()).isEqualTo(ImportRejected.Reason.BASIS_MISSING));
    }

    private void assertRejected(NewsletterId newsletter, String csv, ImportRejected.Reason reason) {
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
    void exportsSafelyForSpreadsheetsAndReadsItsOwnExport() throws Exception {
        NewsletterId news = house.newsletter("News");
        run(news, "address,name,zone\nex1@example.org,=1+1,\nex2@example.org,\"Quote \"\" me\",Asia/Tokyo\n", false);

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        house.database.inTransaction(() -> house.subscribers.export(news, null, out, house.staff));

        String csv = out.toString(StandardCharsets.UTF_8);
        assertThat(csv).startsWith("address,name,language,zone,state,since,confirmed,ended_by\r\n");
        assertThat(csv)
                .contains("ex1@example.org,'=1+1,")
                .contains("ex2@example.org,\"Quote \"\" me\",und,Asia/Tokyo,CONFIRMED,");
        NewsletterId other = house.newsletter("Other");
        String own = csv.replace(",und,", ",,");
        assertThat(run(other, own, false).added()).isEqualTo(2);
    }

    @Test
    void importsTimeZonesAndRefusesWhatIsNone() {
        NewsletterId news = house.newsletter("News");
        String good = "Adresse;Zeitzone\nzone1@example.org;America/Argentina/Buenos_Aires\nzone2@example.org;\n";

        assertThat(run(news, good, false)).isEqualTo(new ImportReport(2, 2, 0, 0, 0, 0, List.of(), true));
        ImportReport bad = run(
                news,
                "address,zone\nzone3@example.org,Europe/Atlantis\nzone4@example.org,+02:00\nzone5@example.org,UTC\n",
                false);

        assertThat(house.database.call(() -> house.subscribers.find(news, "", null, null, 10)))
                .extracting(SubscriberView::zone)
                .containsExactlyInAnyOrder(Optional.of(ZoneId.of("America/Argentina/Buenos_Aires")), Optional.empty());
        assertThat(bad.firstErrors())
                .containsExactly(
                        new RowError(2, "zone", Reason.ZONE_UNKNOWN), new RowError(3, "zone", Reason.ZONE_UNKNOWN));
        assertThat(bad.imported()).isFalse();
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
