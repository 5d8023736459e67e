package org.tidings.web.newsletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.Role;
import org.tidings.newsletter.ColumnUse;
import org.tidings.newsletter.ColumnsUnclear;
import org.tidings.newsletter.ImportAnswer;
import org.tidings.newsletter.ImportId;
import org.tidings.newsletter.ImportRejected;
import org.tidings.newsletter.ImportReport;
import org.tidings.newsletter.ImportReport.Question;
import org.tidings.newsletter.ImportReport.Reason;
import org.tidings.newsletter.ImportReport.RowError;
import org.tidings.newsletter.ImportState;
import org.tidings.newsletter.ImportView;
import org.tidings.newsletter.ImportView.Column;
import org.tidings.newsletter.ImportView.File;
import org.tidings.newsletter.ImportView.Standing;
import org.tidings.newsletter.KnownSystem;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.TestPages;

/** What the pages of an import say, ask and hand out. */
class ImportPageTest {

    private static final OffsetDateTime AT = OffsetDateTime.parse("2026-11-22T10:00:00Z");
    private static final List<Question> ASKED =
            List.of(new Question("status", "snoozed", 2, List.of(2L, 4L)), new Question("status", "", 1, List.of(7L)));

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr"})
    void asksForEachValueAndForTheRestOfTheColumn_NLTA1(String language) {
        Document page = render("imports/questions", view(ImportState.ASKING, ASKED, 0), Form.empty(), language);

        assertThat(page.select("select[name=answer]")).hasSize(4);
        assertThat(page.select("input[name=asked]").eachAttr("value"))
                .containsExactly("status:*", "status:snoozed", "status:", "status:paused");
        assertThat(page.select("select[name=answer] option").eachAttr("value"))
                .contains("SUBSCRIBED", "LEFT", "BLOCKED", "LEAVE_OUT");
        assertThat(page.select("main").text()).contains("snoozed", "2, 4").doesNotContain("subscribers.", "imports.");
    }

    @Test
    void asksNoMoreAtOnceThanAFormCanSend() {
        List<Question> many = IntStream.range(0, 200)
                .mapToObj(i -> new Question("status", "odd" + i, 1, List.of(2L)))
                .toList();

        Document page = render("imports/questions", view(ImportState.ASKING, many, 0), Form.empty(), "en");

        assertThat(page.select("form[action$=/answers] [name]")).hasSizeLessThan(190);
        assertThat(page.select("input[name=asked]").eachAttr("value")).startsWith("status:*", "status:odd0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr"})
    void namesTheSystemAndSaysHowEachFileWasRead(String language) {
        Document page = render("imports/columns", view(ImportState.MAPPING, List.of(), 0), Form.empty(), language);

        assertThat(page.select("main").text())
                .contains("Mailchimp", "Windows-1252", "Ann", "Bea")
                .doesNotContain("imports.");
        assertThat(page.select("select[name=use-0] option[selected]").eachAttr("value"))
                .containsExactly("ADDRESS");
        assertThat(page.select("select[name=use-2] option[selected]").eachAttr("value"))
                .containsExactly("");
        assertThat(page.select("select[name=use-3]")).as("empty, and nobody's").isEmpty();
        assertThat(page.select("select[name=everybody-1] option[selected]").eachAttr("value"))
                .containsExactly("LEFT");
        assertThat(page.select("label[for=f-use-0]").text()).isEqualTo("Email Address");
    }

    @ParameterizedTest
    @EnumSource(ColumnsUnclear.Reason.class)
    void saysAtTheColumnWhatIsUnclear(ColumnsUnclear.Reason reason) {
        ImportView view = view(ImportState.MAPPING, List.of(), 0);
        Form form = ColumnsForm.refused(Form.empty(), view, new ColumnsUnclear(reason, List.of("First Name")));

        Document page = render("imports/columns", view, form, "en");

        assertThat(page.select("#e-use-1").text()).isNotBlank().doesNotContain("imports.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr"})
    void saysEachFigureAndHandsOutTheWrongRows_NLTB4(String language) {
        for (String template : List.of("imports/ready", "imports/report")) {
            Document page = render(template, view(ImportState.DONE, List.of(), 2), Form.empty(), language);

            assertThat(page.select("dl.figures dd").eachText()).containsExactly("9", "1", "3", "2", "1", "2");
            assertThat(page.select("a[href$=/wrong-rows.csv]")).hasSize(1);
            assertThat(page.select("main").text()).doesNotContain("subscribers.import", "imports.");
        }
    }

    @ParameterizedTest
    @EnumSource(ImportState.class)
    void hasAPageForEachState(ImportState state) {
        ImportView view = view(state, List.of(), 0);

        Document page = render(state.isWorking() ? "imports/working" : "imports/report", view, Form.empty(), "de");

        assertThat(page.select("main").text()).doesNotContain("imports.");
        assertThat(page.select("[data-live]")).hasSize(state.isWorking() ? 1 : 0);
        assertThat(page.select("a[href$=/undo]")).hasSize(state == ImportState.DONE ? 1 : 0);
        Document live = TestPages.render(
                "imports/progress", Map.of("view", view), TestPages.signedIn(Locale.ENGLISH, Role.PUBLISHER));
        assertThat(live.select("[data-live-over]")).hasSize(state.isWorking() ? 0 : 1);
        assertThat(render("imports/list", view, Form.empty(), "fr")
                        .select("main")
                        .text())
                .doesNotContain("imports.");
    }

    @ParameterizedTest
    @EnumSource(ImportRejected.Reason.class)
    void saysWhyAFileCannotBeImported(ImportRejected.Reason reason) {
        ImportView failed = view(
                ImportState.FAILED,
                List.of(),
                0,
                Optional.of(new ImportView.Problem(reason, List.of("name", "phone"))));

        assertThat(render("imports/report", failed, Form.empty(), "en")
                        .select(".notice-danger")
                        .text())
                .doesNotContain("subscribers.", "{0}");
    }

    private static Document render(String template, ImportView view, Form form, String language) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("view", view);
        parameters.put("form", form);
        parameters.put("attributes", List.of());
        parameters.put("imports", List.of(view));
        parameters.put("names", Map.of(view.newsletter(), "News"));
        parameters.put("slug", "news");
        parameters.put("more", false);
        parameters.put("newsletter", newsletter());
        return TestPages.render(
                template, parameters, TestPages.signedIn(Locale.forLanguageTag(language), Role.PUBLISHER));
    }

    private static NewsletterView newsletter() {
        return new NewsletterView(
                new NewsletterId(new UUID(5, 5)),
                "news",
                "News",
                "What is new.",
                Locale.ENGLISH,
                "weekly",
                "",
                "",
                "news.example.org",
                true,
                AT,
                1);
    }

    private static ImportView view(ImportState state, List<Question> questions, long errors) {
        return view(state, questions, errors, Optional.empty());
    }

    private static ImportView view(
            ImportState state, List<Question> questions, long errors, Optional<ImportView.Problem> problem) {
        return new ImportView(
                new ImportId(new UUID(6, 6)),
                new NewsletterId(new UUID(5, 5)),
                state,
                "lists.zip",
                "They signed a list at our desk in the hall.",
                new AccountId(new UUID(7, 7)),
                AT,
                AT,
                List.of(
                        new File(
                                "in.csv",
                                Optional.of(KnownSystem.MAILCHIMP),
                                "windows-1252",
                                ';',
                                3,
                                false,
                                Standing.SUBSCRIBED,
                                false),
                        new File(
                                "out.csv",
                                Optional.of(KnownSystem.MAILCHIMP),
                                "UTF-8",
                                '\t',
                                1,
                                true,
                                Standing.LEFT,
                                false),
                        new File("read-me.txt", Optional.empty(), "UTF-8", ',', 0, true, Standing.SUBSCRIBED, true)),
                List.of(
                        new Column(
                                "Email Address", List.of("someone"), Optional.of(ColumnUse.ADDRESS), "email_address"),
                        new Column(
                                "First Name", List.of("Ann", "Bea"), Optional.of(ColumnUse.FIRST_NAME), "first_name"),
                        new Column("3", List.of("1"), Optional.empty(), "a_3"),
                        new Column("Fax", List.of(), Optional.of(ColumnUse.NOTHING), "fax")),
                Map.of("status:paused", ImportAnswer.LEFT),
                Optional.of(report(questions, errors)),
                1,
                9,
                problem,
                state == ImportState.DONE);
    }

    private static ImportReport report(List<Question> questions, long errors) {
        return new ImportReport(
                9,
                1,
                0,
                3,
                0,
                2,
                1,
                0,
                0,
                1,
                0,
                errors,
                List.of(new RowError(3, "email", Reason.ADDRESS_INVALID, "in.csv")),
                1,
                List.of(new RowError(4, "zone", Reason.ZONE_UNKNOWN)),
                questions,
                "UTF-8",
                true);
    }
}
