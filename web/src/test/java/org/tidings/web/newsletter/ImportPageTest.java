package org.tidings.web.newsletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.accounts.Role;
import org.tidings.newsletter.ImportReport;
import org.tidings.newsletter.ImportReport.Question;
import org.tidings.newsletter.ImportReport.Reason;
import org.tidings.newsletter.ImportReport.RowError;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.TestPages;

/** What the page of an import says, asks and hands out. */
class ImportPageTest {

    private static final List<Question> ASKED =
            List.of(new Question("status", "snoozed", 2, List.of(2L, 4L)), new Question("status", "", 1, List.of(7L)));

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void asksForEachValueAndForTheRestOfTheColumn_NLTA1(String language) {
        Document page = render(report(ASKED, 0, false), language, "");

        assertThat(page.select("select[name=answer]")).hasSize(3);
        assertThat(page.select("input[name=asked]").eachAttr("value"))
                .containsExactly("status:snoozed", "status:", "status:*");
        assertThat(page.select("select[name=answer] option").eachAttr("value"))
                .contains("SUBSCRIBED", "LEFT", "BLOCKED", "LEAVE_OUT");
        assertThat(page.select("input[name=kept]").attr("value")).isEqualTo("packed");
        assertThat(page.select(".notice-done")).isEmpty();
        assertThat(page.select("main").text()).contains("snoozed", "2, 4").doesNotContain("subscribers.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void saysEachFigureAndHandsOutTheWrongRows_NLTB4(String language) {
        Document page = render(report(List.of(), 2, true), language, "line,problem,email\r\n3,address-invalid,x\r\n");

        assertThat(page.select("dl.figures dd").eachText()).containsExactly("9", "1", "3", "2", "1", "2");
        assertThat(page.select("form[action=/staff/subscribers/import/wrong-rows.csv] input[name=rows]")
                        .attr("value"))
                .contains("3,address-invalid,x");
        assertThat(page.select("form[action=/staff/subscribers/import]")).isEmpty();
        assertThat(page.select("main").text()).doesNotContain("subscribers.import");
    }

    @Test
    void carriesASmallFileToTheNextFormAndNoLargeOne() throws IOException {
        byte[] small = "email\na@example.org\n".getBytes(StandardCharsets.UTF_8);

        UploadedList kept = UploadedList.of(new ByteArrayInputStream(small), "list.csv");
        UploadedList back = UploadedList.keptAs(kept.kept(), kept.name());
        byte[] large = new byte[3 * 1024 * 1024];
        UploadedList passedOn = UploadedList.of(new ByteArrayInputStream(large), "large.csv");

        assertThat(back.content().readAllBytes()).isEqualTo(small);
        assertThat(passedOn.kept()).isEmpty();
        assertThat(passedOn.content().readAllBytes()).isEqualTo(large);
    }

    /** SEC-55. */
    @Test
    void handsOutWrongRowsWithoutFormulas() {
        WrongRows rows = new WrongRows();

        rows.add(
                List.of("email", "name"),
                List.of("=cmd()", "A, \"B\""),
                new RowError(3, "email", Reason.ADDRESS_INVALID));

        assertThat(rows.csv()).isEqualTo("line,problem,email,name\r\n3,address-invalid,'=cmd(),\"A, \"\"B\"\"\"\r\n");
    }

    private static Document render(ImportReport report, String language, String wrongRows) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(
                "newsletter",
                new NewsletterView(
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
                        OffsetDateTime.parse("2026-11-22T10:00:00Z"),
                        1));
        parameters.put("form", Form.empty());
        parameters.put("report", Optional.of(report));
        parameters.put("kept", "packed");
        parameters.put("keptName", "list.csv");
        parameters.put("wrongRows", wrongRows);
        return TestPages.render(
                "subscribers/import", parameters, TestPages.signedIn(Locale.forLanguageTag(language), Role.PUBLISHER));
    }

    private static ImportReport report(List<Question> questions, long errors, boolean imported) {
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
                List.of(new RowError(3, "email", Reason.ADDRESS_INVALID)),
                1,
                List.of(new RowError(4, "zone", Reason.ZONE_UNKNOWN)),
                questions,
                "UTF-8",
                imported);
    }
}
