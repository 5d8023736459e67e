package org.tidings.newsletter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailingLimits;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.newsletter.AttributeDetails;
import org.tidings.newsletter.AttributeOrigin;
import org.tidings.newsletter.AttributeParty;
import org.tidings.newsletter.AttributeType;
import org.tidings.newsletter.AttributeWords;
import org.tidings.newsletter.ColumnUse;
import org.tidings.newsletter.ColumnsUnclear;
import org.tidings.newsletter.ConsentView;
import org.tidings.newsletter.ImportAnswer;
import org.tidings.newsletter.ImportId;
import org.tidings.newsletter.ImportNotInState;
import org.tidings.newsletter.ImportRejected;
import org.tidings.newsletter.ImportReport;
import org.tidings.newsletter.ImportState;
import org.tidings.newsletter.ImportView;
import org.tidings.newsletter.ImportView.Standing;
import org.tidings.newsletter.Imports.Chosen;
import org.tidings.newsletter.Imports.Upload;
import org.tidings.newsletter.IssueText;
import org.tidings.newsletter.KnownSystem;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.SubscriberId;
import org.tidings.newsletter.SubscriberView;
import org.tidings.newsletter.SubscriptionState;

/** Lists that move in step by step, the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ImportsContract {

    private static final String BASIS = "They signed a list at our desk in the hall.";
    private static final AtomicInteger PEOPLE = new AtomicInteger();

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

    private static String person() {
        return "mover" + PEOPLE.incrementAndGet() + "@example.org";
    }

    private ImportId begin(NewsletterId news, byte[] content, String name, boolean onItsOwn) {
        try {
            return house.imports.begin(
                    news, new Upload(new ByteArrayInputStream(content), name), BASIS, Map.of(), onItsOwn, house.staff);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ImportId begin(NewsletterId news, String content, String name) {
        return begin(news, content.getBytes(StandardCharsets.UTF_8), name, false);
    }

    /** What the background does, until there is nothing to do. */
    private ImportView worked(ImportId id) {
        house.imports.work();
        return look(id);
    }

    private ImportView look(ImportId id) {
        return house.imports.find(id).orElseThrow();
    }

    private ImportView mapped(ImportId id) {
        house.imports.map(id, Map.of(), Map.of(), house.staff);
        return worked(id);
    }

    private ImportView ran(ImportId id) {
        house.imports.run(id, house.staff);
        return worked(id);
    }

    private ImportView imported(NewsletterId news, String content, String name) {
        ImportId id = begin(news, content, name);
        worked(id);
        mapped(id);
        return ran(id);
    }

    private static ImportReport report(ImportView view) {
        ImportReport report = view.report().orElseThrow();
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
        return report;
    }

    private String standing(NewsletterId news, String address) {
        return house.database.call(() -> house.subscribers.find(news, address, null, null, 2)).stream()
                .map(one -> one.state().name())
                .findFirst()
                .orElse("unknown");
    }

    private SubscriberView only(NewsletterId news, String address) {
        return house.database.call(() -> house.subscribers.find(news, address, null, null, 2)).stream()
                .findFirst()
                .orElseThrow();
    }

    private long confirmed(NewsletterId news) {
        return house.database.call(() -> house.subscribers.count(news)).getOrDefault(SubscriptionState.CONFIRMED, 0L);
    }

    private static byte[] zip(Map<String, String> files) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(packed)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return packed.toByteArray();
    }

    private long parts(ImportId id) {
        return house.database.call(() -> house.sql.number(
                "select count(*) from newsletter.subscriber_import_part where import = ?", id.value()));
    }

    // Step by step

    @Test
    void goesFromAFileByItsColumnsAndByWhatWillHappenToAReport() throws IOException {
        NewsletterId news = house.newsletter("News");
        String ann = person();
        String bo = person();
        ImportId id = begin(
                news,
                "\uFEFFsep=;\r\nE-Mail;Vorname;Name;Abgemeldet am;Telefon\r\n" + ann + ";Ann;Ek;;1\r\n" + bo
                        + ";Bo;;01.02.2023;2\r\nnobody;Cy;;;3\r\n" + ann + ";Ann;;;4\r\n",
                "list.csv");

        assertThat(look(id).state()).isEqualTo(ImportState.LOOKING);
        ImportView found = worked(id);
        assertThat(found.state()).isEqualTo(ImportState.MAPPING);
        assertThat(found.files())
                .singleElement()
                .matches(file -> file.encoding().equals("UTF-8") && file.separator() == ';' && file.rows() == 4);
        assertThat(found.columns())
                .extracting(column -> column.use().orElseThrow())
                .containsExactly(
                        ColumnUse.ADDRESS, ColumnUse.FIRST_NAME, ColumnUse.NAME, ColumnUse.LEFT, ColumnUse.NOTHING);
        assertThat(found.columns().get(1).examples()).containsExactly("Ann", "Bo", "Cy");
        assertThat(found.columns().get(4).key()).isEqualTo("telefon");

        ImportView ready = mapped(id);
        assertThat(ready.state()).isEqualTo(ImportState.READY);
        assertThat(report(ready).imported()).isFalse();
        assertThat(confirmed(news)).isZero();
        ByteArrayOutputStream wrong = new ByteArrayOutputStream();
        house.imports.wrongRows(id, wrong);
        assertThat(wrong.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "\uFEFFfile,line,problem,E-Mail,Vorname,Name,Abgemeldet am,Telefon",
                        ",5,address-invalid,nobody,Cy,,,3");

        ImportView done = ran(id);
        assertThat(done.state()).isEqualTo(ImportState.DONE);
        assertThat(report(done))
                .usingRecursiveComparison()
                .ignoringFields("imported")
                .isEqualTo(report(ready));
        assertThat(report(done))
                .matches(r -> r.added() == 1 && r.left() == 1 && r.duplicates() == 1 && r.errors() == 1);
        assertThat(only(news, ann).name()).isEqualTo("Ann Ek");
        assertThat(standing(news, bo)).isEqualTo("UNSUBSCRIBED");
        assertThat(house.auditLog.actions).contains("import-subscribers 1");
        assertThat(parts(id)).as("the wrong rows alone are left").isEqualTo(1);
        assertThat(done.columns()).allMatch(column -> column.examples().isEmpty());
    }

    /** Mailchimp's archive: a file for each standing, the fourth told by its name alone. */
    @Test
    void readsAnArchiveOfSeveralListsTogether() {
        NewsletterId news = house.newsletter("News");
        String in = person();
        String out = person();
        String gone = person();
        String never = person();
        String columns = "Email Address,First Name,Last Name,OPTIN_TIME,CONFIRM_TIME,CONFIRM_IP,TIMEZONE";
        ImportId id = begin(
                news,
                zip(Map.of(
                        "subscribed_members_export_1.csv",
                        columns + ",LAST_CHANGED,LEID,EUID,NOTES,TAGS\n" + in
                                + ",Grace,Hopper,2023-04-21 11:16:57,2023-04-21 11:17:57,192.0.2.1,Europe/Kiev,2024-01-01 00:00:00,1,a,,\"\"\"VIP\"\"\"\n",
                        "unsubscribed_members_export_1.csv",
                        columns + ",UNSUB_TIME,UNSUB_REASON,LEID,EUID\n" + out
                                + ",Bo,Ek,2018-02-12 10:54:27,2018-02-12 10:54:27,,,2018-07-23 12:19:27,NORMAL,2,b\n"
                                + in
                                + ",Grace,Hopper,,,,,2017-01-01 00:00:00,,3,c\n",
                        "cleaned_members_export_1.csv",
                        columns + ",CLEAN_TIME,LEID,EUID\n" + gone
                                + ",Cy,,,2018-02-12 10:54:27,,,2019-01-01 00:00:00,4,d\n",
                        "nonsubscribed_members_export_1.csv",
                        columns + ",LAST_CHANGED,LEID,EUID\n" + never + ",Di,,,,,,2024-01-01 00:00:00,5,e\n",
                        "__MACOSX/._subscribed.csv",
                        "x",
                        "granular_activity/opens.txt",
                        "nothing here")),
                "audience_export.zip",
                false);

        ImportView found = worked(id);
        assertThat(found.system()).contains(KnownSystem.MAILCHIMP);
        assertThat(found.files()).hasSize(5);
        assertThat(found.files().stream().filter(file -> !file.skipped()).map(ImportView.File::everybody))
                .containsExactlyInAnyOrder(Standing.SUBSCRIBED, Standing.LEFT, Standing.BOUNCED, Standing.PENDING);
        assertThat(found.columns().stream().map(ImportView.Column::title)).doesNotHaveDuplicates();
        mapped(id);
        ImportReport report = report(ran(id));

        assertThat(report).matches(r -> r.rows() == 5 && r.left() == 2 && r.blocked() == 1 && r.duplicates() == 1);
        assertThat(Stream.of(in, out, gone, never).map(one -> standing(news, one)))
                .containsExactly("UNSUBSCRIBED", "UNSUBSCRIBED", "UNSUBSCRIBED", "PENDING");
    }

    @Test
    void readsPastedAddressesAndAWorkbookLikeAFile() {
        NewsletterId news = house.newsletter("News");
        String ann = person();
        String bo = person();
        String cy = person();

        imported(news, ann + "\r\n\"Ek, Bo\" <" + bo + ">\r\n", "");
        ImportId id = begin(
                news,
                Workbooks.of(List.of(List.of("E-Mail", "Vorname", "confirmed at"), List.of(cy, "Zoë", 44927.5)), 3),
                "book.xlsx",
                false);
        ImportView found = worked(id);
        mapped(id);
        ImportReport report = report(ran(id));

        assertThat(only(news, bo).name()).isEqualTo("Ek, Bo");
        assertThat(found.columns().get(2).examples()).containsExactly("2023-01-01 12:00");
        assertThat(report.added()).isEqualTo(1);
        assertThat(only(news, cy).name()).isEqualTo("Zoë");
        assertThat(house.database.call(
                        () -> house.subscribers.consents(only(news, cy).id())))
                .extracting(consent -> consent.at().toString())
                .containsExactly("2023-01-01T12:00Z");
    }

    @Test
    void takesColumnsForWhatSomebodySaysTheyAre() {
        NewsletterId news = house.newsletter("News");
        String ann = person();
        String bo = person();
        String cy = person();
        ImportId id = begin(
                news,
                "who,tel,x1,x2,x3\n" + ann + ",1,Ann,,desk\n" + bo + ",2,Bo,y,\n" + cy + ",3,unsubscribed,,\n",
                "crm.csv");
        worked(id);
        Map<String, Chosen> chosen = Map.of(
                "x1", new Chosen(ColumnUse.NAME, ""),
                "x2", new Chosen(ColumnUse.LEFT, ""),
                "x3", new Chosen(ColumnUse.SOURCE, ""));

        assertThatThrownBy(() ->
                        house.imports.map(id, Map.of("who", new Chosen(ColumnUse.NOTHING, "")), Map.of(), house.staff))
                .isInstanceOfSatisfying(
                        ColumnsUnclear.class,
                        e -> assertThat(e.reason()).isEqualTo(ColumnsUnclear.Reason.ADDRESS_MISSING));
        assertThatThrownBy(() -> house.imports.map(
                        id,
                        Map.of("x1", new Chosen(ColumnUse.NAME, ""), "x2", new Chosen(ColumnUse.NAME, "")),
                        Map.of(),
                        house.staff))
                .isInstanceOfSatisfying(
                        ColumnsUnclear.class, e -> assertThat(e.reason()).isEqualTo(ColumnsUnclear.Reason.TWICE));
        house.imports.map(id, chosen, Map.of(), house.staff);
        worked(id);
        ran(id);

        assertThat(only(news, ann).name()).isEqualTo("Ann");
        assertThat(standing(news, bo)).isEqualTo("UNSUBSCRIBED");
        List<ConsentView> consents = house.database.call(
                () -> house.subscribers.consents(only(news, ann).id()));
        assertThat(consents).extracting(ConsentView::statement).containsExactly(BASIS + " (desk)");
    }

    /** Rows without a header: nothing is guessed that could subscribe who has left. */
    @Test
    void asksWhatColumnsWithoutNamesMean() {
        NewsletterId news = house.newsletter("News");
        String ann = person();
        ImportId id = begin(news, ann + ",1,0\n" + person() + ",0,1\n", "sendy.csv");
        worked(id);

        assertThatThrownBy(() -> house.imports.map(id, Map.of(), Map.of(), house.staff))
                .isInstanceOfSatisfying(
                        ColumnsUnclear.class, e -> assertThat(e.titles()).containsExactly("2", "3"));
        house.imports.map(
                id,
                Map.of("2", new Chosen(ColumnUse.NOTHING, ""), "3", new Chosen(ColumnUse.LEFT, "")),
                Map.of(),
                house.staff);
        worked(id);

        assertThat(report(ran(id))).matches(r -> r.added() == 1 && r.left() == 1);
        assertThat(standing(news, ann)).isEqualTo("CONFIRMED");
    }

    @Test
    void takesEverybodyOfAFileForWhatItsNameOrSomebodySays() {
        NewsletterId news = house.newsletter("News");
        String ann = person();
        String bo = person();

        imported(news, "email,name\n" + ann + ",Ann\n", "my-list-unsubscribed.csv");
        ImportId id = begin(news, "email,name\n" + bo + ",Bo\n", "list.csv");
        worked(id);
        house.imports.map(id, Map.of(), Map.of(0, Standing.BLOCKED), house.staff);
        worked(id);
        ran(id);

        assertThat(standing(news, ann)).isEqualTo("UNSUBSCRIBED");
        assertThat(standing(news, bo)).isEqualTo("UNSUBSCRIBED");
        assertThat(house.suppressed.against(EmailAddress.parse(bo))).isNotEmpty();
    }

    @Test
    void asksAndGoesOnWithTheAnswers() {
        NewsletterId news = house.newsletter("News");
        String ann = person();
        ImportId id = begin(news, "email,status\n" + ann + ",snoozed\n", "list.csv");
        worked(id);

        ImportView asking = mapped(id);
        assertThat(asking.state()).isEqualTo(ImportState.ASKING);
        assertThat(asking.questions()).extracting(ImportReport.Question::key).containsExactly("status:snoozed");
        house.imports.answer(id, Map.of("status:snoozed", ImportAnswer.LEFT), house.staff);
        assertThat(worked(id).state()).isEqualTo(ImportState.READY);
        assertThat(look(id).answers()).containsEntry("status:snoozed", ImportAnswer.LEFT);
        ran(id);

        assertThat(standing(news, ann)).isEqualTo("UNSUBSCRIBED");
    }

    @Test
    void asksOnceForAValueWithAColon() {
        NewsletterId news = house.newsletter("News");
        ImportId id = begin(news, "email,status\n" + person() + ",snoozed:till May\n", "list.csv");
        worked(id);
        ImportReport.Question asked = mapped(id).questions().get(0);
        assertThat(asked.key()).isEqualTo("status:snoozed till May");

        house.imports.answer(id, Map.of(asked.key(), ImportAnswer.LEFT), house.staff);

        assertThat(worked(id).state()).isEqualTo(ImportState.READY);
    }

    @Test
    void keepsTheKeyOfALongTitleShort() {
        NewsletterId news = house.newsletter("News");
        String csv = "email,attribute:" + "x".repeat(60) + "\n" + person() + ",1\n";

        ImportView found = worked(begin(news, csv, "list.csv"));

        assertThat(found.state()).isEqualTo(ImportState.MAPPING);
        assertThat(found.columns()).allMatch(column -> column.key().length() <= 40);
    }

    @Test
    void readsAFileOnceMoreInAnotherEncodingAndRecognisesMac() {
        NewsletterId news = house.newsletter("News");
        byte[] mac =
                ("email,name\n" + person() + ",J\u00fcrgen Gr\u00f6\u00dfe\n").getBytes(Charset.forName("x-MacRoman"));

        ImportId recognised = begin(news, mac, "mac.csv", false);
        assertThat(worked(recognised).files().get(0).encoding()).isEqualTo("x-MacRoman");
        byte[] central =
                ("email,name\n" + person() + ",To\u0161o \u010cech\n").getBytes(Charset.forName("windows-1250"));
        ImportId chosen = begin(news, central, "central.csv", false);
        worked(chosen);
        house.imports.readAs(chosen, "windows-1250", house.staff);

        ImportView again = worked(chosen);
        assertThat(again.state()).isEqualTo(ImportState.MAPPING);
        assertThat(again.columns().get(1).examples()).containsExactly("To\u0161o \u010cech");
    }

    @Test
    void goesOnItsOwnWhereNothingIsToBeAsked() {
        NewsletterId news = house.newsletter("News");
        String ann = person();

        ImportId id = begin(news, ("email\n" + ann + "\n").getBytes(StandardCharsets.UTF_8), "", true);
        ImportId broken = begin(news, "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8), "", true);

        assertThat(worked(id).state()).isEqualTo(ImportState.DONE);
        assertThat(look(broken).problem().orElseThrow().reason()).isEqualTo(ImportRejected.Reason.NO_ADDRESS_COLUMN);
        assertThat(standing(news, ann)).isEqualTo("CONFIRMED");
    }

    @Test
    void twiceTheSameFileChangesNothing() {
        NewsletterId news = house.newsletter("News");
        String csv = "email,name,status\n" + person() + ",Ann,active\n" + person() + ",Bo,unsubscribed\n";
        imported(news, csv, "list.csv");
        ByteArrayOutputStream before = new ByteArrayOutputStream();
        house.database.inTransaction(() -> house.subscribers.export(news, null, before, house.staff));

        house.clock.advance(Duration.ofMinutes(1));
        ImportReport again = report(imported(news, csv, "list.csv"));

        ByteArrayOutputStream after = new ByteArrayOutputStream();
        house.database.inTransaction(() -> house.subscribers.export(news, null, after, house.staff));
        assertThat(again.added() + again.completed() + again.ended()).isZero();
        assertThat(after.toString(StandardCharsets.UTF_8)).isEqualTo(before.toString(StandardCharsets.UTF_8));
    }

    /** SEC-55. */
    @Test
    void handsOutWrongRowsWithoutFormulas_SEC55() throws IOException {
        ImportId id = begin(
                house.newsletter("News"), "email,name\n=cmd(),\"A, \"\"B\"\"\"\n" + person() + ",Ann\n", "list.csv");
        worked(id);
        mapped(id);
        ByteArrayOutputStream wrong = new ByteArrayOutputStream();

        house.imports.wrongRows(id, wrong);

        assertThat(wrong.toString(StandardCharsets.UTF_8))
                .isEqualTo("\uFEFFfile,line,problem,email,name\r\n,2,address-invalid,'=cmd(),\"A, \"\"B\"\"\"\r\n");
    }

    // Ends that are none

    /** A node dies between two parts: the next one goes on with the part that was not written, and nobody is twice. */
    @Test
    void goesOnWhereAnotherNodeStopped() {
        NewsletterId news = house.newsletter("News");
        StringBuilder csv = new StringBuilder("email\n");
        IntStream.range(0, 12_000).forEach(i -> csv.append(person()).append('\n'));
        ImportId id = begin(news, csv.toString(), "list.csv");
        worked(id);
        mapped(id);
        house.imports.run(id, house.staff);
        AtomicInteger asked = new AtomicInteger();
        StoredImports dying = node();
        dying.workUntil(() -> asked.incrementAndGet() > 4);

        ImportView half = look(id);
        assertThat(half.state()).isEqualTo(ImportState.RUNNING);
        assertThat(half.done()).isBetween(5_000L, 10_000L);
        assertThat(confirmed(news)).isEqualTo(half.done());
        ImportView done = worked(id);

        assertThat(done.state()).isEqualTo(ImportState.DONE);
        assertThat(report(done).added()).isEqualTo(12_000);
        assertThat(confirmed(news)).isEqualTo(12_000);
    }

    private StoredImports node() {
        return house.anotherNode();
    }

    /** Two nodes, the same people in both files, in opposite order: each waits for the other, and neither for ever. */
    @Test
    void twoImportsOfTheSamePeopleAtOnceBothEnd() throws Exception {
        NewsletterId one = house.newsletter("One");
        NewsletterId other = house.newsletter("Other");
        List<String> people =
                Stream.generate(ImportsContract::person).limit(6_000).toList();
        ImportId first = begin(one, ("email\n" + String.join("\n", people)).getBytes(StandardCharsets.UTF_8), "", true);
        List<String> backwards =
                people.stream().sorted(java.util.Comparator.reverseOrder()).toList();
        ImportId second =
                begin(other, ("email\n" + String.join("\n", backwards)).getBytes(StandardCharsets.UTF_8), "", true);
        ExecutorService nodes = Executors.newFixedThreadPool(2);

        Callable<Boolean> work = () -> {
            house.anotherNode().work();
            return true;
        };
        for (Future<Boolean> node : nodes.invokeAll(List.of(work, work))) {
            node.get();
        }
        nodes.shutdown();
        house.imports.work();

        assertThat(List.of(first, second)).allMatch(id -> look(id).state() == ImportState.DONE);
        assertThat(confirmed(one)).isEqualTo(6_000);
        assertThat(confirmed(other)).isEqualTo(6_000);
    }

    @Test
    void givesUpWhatNobodyGoesOnWithAndDeletesTheFile() {
        NewsletterId news = house.newsletter("News");
        ImportId id = begin(news, "email\n" + person() + "\n", "list.csv");
        ImportId other = begin(news, "email\n" + person() + "\n", "list.csv");
        worked(id);
        house.imports.giveUp(other, house.staff);
        assertThat(look(other).state()).isEqualTo(ImportState.GIVEN_UP);
        assertThat(house.auditLog.actions).contains("give-up-import ");
        assertThat(parts(other)).isZero();

        house.clock.advance(Duration.ofHours(25));
        house.imports.tidyUp();

        assertThat(look(id).state()).isEqualTo(ImportState.GIVEN_UP);
        assertThat(parts(id)).isZero();
        assertThatThrownBy(() -> house.imports.run(id, house.staff)).isInstanceOf(ImportNotInState.class);
    }

    // Back

    @Test
    void takesBackWhatAnImportBrought() {
        NewsletterId news = house.newsletter("News");
        NewsletterId other = house.newsletter("Other");
        String fresh = person();
        String left = person();
        String bounced = person();
        EmailAddress nameless = house.reader(news);
        EmailAddress herself = EmailAddress.parse(person());
        String endedByIt = person();
        imported(news, "email\n" + endedByIt + "\n", "before.csv");
        String elsewhere = person();
        imported(other, "email\n" + elsewhere + "\n", "other.csv");
        house.clock.advance(Duration.ofMinutes(1));
        ImportView done = imported(
                news,
                "email,name,status\n" + fresh + ",Ann,active\n" + left + ",Bo,unsubscribed\n" + bounced
                        + ",Cy,bounced\n"
                        + nameless.original() + ",Di,active\n" + herself.original() + ",Ed,active\n" + endedByIt
                        + ",,unsubscribed\n" + elsewhere + ",,active\n",
                "wrong.csv");
        assertThat(report(done)).matches(r -> r.added() == 3 && r.completed() == 1 && r.ended() == 1);
        house.clock.advance(Duration.ofMinutes(1));
        house.database.inTransaction(() -> house.preferences.unsubscribe(house.token(herself, news), Means.ONE_CLICK));

        assertThat(done.undoable()).isTrue();
        house.imports.undo(done.id(), house.staff);
        assertThat(worked(done.id()).state()).isEqualTo(ImportState.UNDONE);

        assertThat(Stream.of(fresh, left, bounced).map(one -> standing(news, one)))
                .containsOnly("unknown");
        assertThat(house.database.call(() -> house.book.byAddress(EmailAddress.parse(fresh))))
                .isEmpty();
        assertThat(house.suppressed.against(EmailAddress.parse(bounced))).isEmpty();
        assertThat(only(news, nameless.original()).name()).isEmpty();
        assertThat(house.entry(herself, news).reason())
                .as("she has left herself")
                .isEqualTo(Means.ONE_CLICK);
        assertThat(standing(news, endedByIt)).isEqualTo("CONFIRMED");
        assertThat(standing(news, elsewhere)).isEqualTo("unknown");
        assertThat(standing(other, elsewhere)).isEqualTo("CONFIRMED");
        assertThat(house.auditLog.actions).contains("undo-import ");
        ImportReport again =
                report(imported(news, "email,status\n" + fresh + ",active\n" + bounced + ",bounced\n", "right.csv"));
        assertThat(again).matches(r -> r.added() == 1 && r.blocked() == 1);
        assertThat(house.suppressed.against(EmailAddress.parse(bounced))).isNotEmpty();
    }

    /** No undo subscribes again who has said so herself after the import ended her. */
    @Test
    void whoLeftHerselfAfterAnImportEndedHerStaysOut() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ann = EmailAddress.parse(person());
        imported(news, "email\n" + ann.original() + "\n", "before.csv");
        house.clock.advance(Duration.ofMinutes(1));
        ImportView done = imported(news, "email,status\n" + ann.original() + ",unsubscribed\n", "left.csv");
        assertThat(report(done).ended()).isEqualTo(1);
        house.clock.advance(Duration.ofMinutes(1));
        house.database.inTransaction(() -> house.preferences.unsubscribe(house.token(ann, news), Means.ONE_CLICK));

        house.imports.undo(done.id(), house.staff);
        worked(done.id());

        assertThat(standing(news, ann.original())).isEqualTo("UNSUBSCRIBED");
        assertThat(house.entry(ann, news).reason()).isEqualTo(Means.ONE_CLICK);
    }

    @Test
    void takesNothingBackOnceAnIssueWentOut() {
        NewsletterId news = house.newsletter("News");
        ImportView done = imported(news, "email\n" + person() + "\n", "list.csv");
        house.clock.advance(Duration.ofMinutes(1));
        house.database.inTransaction(() -> {
            var issue = house.issues.write(news, new IssueText("Hi", "", "Hi"), house.staff);
            house.issues.send(
                    issue, house.issues.find(issue).orElseThrow().version(), null, MailingLimits.NONE, house.staff);
        });

        assertThat(look(done.id()).undoable()).isFalse();
        assertThatThrownBy(() -> house.imports.undo(done.id(), house.staff)).isInstanceOf(ImportNotInState.class);
    }

    /** Issue 12: where they belong; an attribute that nobody has said a purpose for is left away. */
    @Test
    void keepsTagsAndAttributesWhereTheyBelongAndNeverInPlaceOfHerOwnWord() {
        NewsletterId news = house.newsletter("News");
        define("city", AttributeType.TEXT);
        define("born", AttributeType.DATE);
        String ann = person();
        EmailAddress bo = house.reader(news);
        house.database.inTransaction(() -> house.attributes.set(
                new SubscriberId(house.book.byAddress(bo).orElseThrow().id()),
                Map.of("city", "Bonn"),
                AttributeOrigin.READER));
        ImportId id = begin(
                news,
                "uuid,email,name,attributes,status,tags\n1," + ann
                        + ",Ann,\"{\"\"city\"\": \"\"London\"\", \"\"age\"\": 36, \"\"born\"\": \"\"1990-02-03\"\"}\",enabled,\"\"\"VIP\"\",\"\"Blog\"\"\"\n2,"
                        + bo.original() + ",Bo,\"{\"\"city\"\": \"\"Berlin\"\"}\",enabled,vip\n",
                "listmonk.csv");

        ImportView found = worked(id);
        assertThat(found.system()).contains(KnownSystem.LISTMONK);
        mapped(id);
        ImportView done = ran(id);

        assertThat(report(done)).matches(r -> r.added() == 1 && r.completed() == 1);
        assertThat(known(ann)).isEqualTo("{born=1990-02-03, city=London} [Blog, VIP]");
        assertThat(known(bo.original())).isEqualTo("{city=Bonn} [VIP]");
        ImportView again = imported(news, "email,City\n" + ann + ",Paris\n", "again.csv");
        assertThat(report(again).known()).isEqualTo(1);
        assertThat(known(ann)).startsWith("{born=1990-02-03, city=London}");
        assertThat(look(done.id()).undoable()).as("the newest first").isFalse();
        assertThatThrownBy(() -> house.imports.undo(done.id(), house.staff)).isInstanceOf(ImportNotInState.class);
        house.imports.undo(again.id(), house.staff);
        worked(again.id());
        house.imports.undo(done.id(), house.staff);
        worked(done.id());
        assertThat(house.database.call(() ->
                        house.sql.number("select count(*) from newsletter.attribute_value where known = '1990-02-03'")))
                .isZero();
    }

    private void define(String key, AttributeType type) {
        house.database.call(() -> house.attributes.define(
                new AttributeDetails(
                        key,
                        type,
                        Map.of(Locale.ENGLISH, new AttributeWords(key, "So that we know it.")),
                        List.of(),
                        Set.of(AttributeParty.values()),
                        Set.of(AttributeParty.values())),
                house.staff));
    }

    private String known(String address) {
        UUID reader = house.database
                .call(() -> house.book.byAddress(EmailAddress.parse(address)))
                .orElseThrow()
                .id();
        return new TreeMap<>(house.database
                        .call(() -> house.attributes.of(List.of(reader)))
                        .getOrDefault(reader, Map.of()))
                + " "
                + house.database.call(() -> house.tags.of(List.of(reader))).getOrDefault(reader, List.of());
    }

    @Test
    void remembersWhatTheColumnsOfTheLastFileMeant() {
        NewsletterId news = house.newsletter("News");
        ImportId first = begin(news, "mail,x1\n" + person() + ",Ann\n", "a.csv");
        worked(first);
        house.imports.map(first, Map.of("x1", new Chosen(ColumnUse.NAME, "")), Map.of(), house.staff);
        worked(first);
        ran(first);

        ImportId second = begin(news, "mail,x1\n" + person() + ",Bo\n", "b.csv");

        assertThat(worked(second).columns().get(1).use()).isEqualTo(Optional.of(ColumnUse.NAME));
    }
}
