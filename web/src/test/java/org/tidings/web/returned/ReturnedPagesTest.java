package org.tidings.web.returned;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.tidings.mail.ReturnedMails;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.TestPages;

class ReturnedPagesTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T10:00:00Z");
    private static final UUID MAIL = new UUID(1, 1);
    private static final UUID ADDRESS = new UUID(2, 2);

    @Test
    void showsEverySortAndReasonInWords() {
        List<ReturnedMails.Line> lines = Arrays.stream(ReturnedMails.Sort.values())
                .map(sort -> line(sort, "MAILBOX_FULL", ReturnedMails.Effect.NONE))
                .toList();
        Document page = list(lines, Map.of("smtp", "bounce.example.com:2525"));

        assertThat(page.select("tbody tr")).hasSizeGreaterThanOrEqualTo(lines.size());
        assertThat(page.text())
                .contains(
                        "Nobody there", "Not understood", "Unsubscribe mail", "Mailbox full", "bounce.example.com:2525")
                .doesNotContain("returned.");
    }

    @Test
    void saysWhenNothingCanComeIn() {
        assertThat(list(List.of(), Map.of()).text()).contains("No returned mail can come in");
    }

    @Test
    void saysWhyAnAddressIsSuppressedInTheReadersLanguage() {
        var german = TestPages.anonymous(Locale.GERMAN);

        assertThat(Said.words(german, "USER_UNKNOWN 5.1.1")).isEqualTo("Postfach gibt es nicht 5.1.1");
        assertThat(Said.words(german, "complaint: ABUSE"))
                .contains("unerwünscht")
                .doesNotContain("ABUSE");
        assertThat(Said.words(german, "550 5.1.1 <ada>: User unknown")).isEqualTo("550 5.1.1 <ada>: User unknown");
        assertThat(Said.words(german, "SOMETHING_NEW")).isEqualTo("SOMETHING_NEW");
    }

    @Test
    void escapesWhatTheOtherSideSaid() {
        Document page = TestPages.render(
                "returned/mail",
                Map.of(
                        "id",
                        MAIL,
                        "lines",
                        List.of(new ReturnedMails.Line(
                                MAIL,
                                NOW,
                                ReturnedMails.Sort.HARD_BOUNCE,
                                "USER_UNKNOWN",
                                Optional.of("5.1.1"),
                                ReturnedMails.Effect.SUPPRESSED,
                                "smtp",
                                "<script>alert(1)</script>",
                                Optional.of(ADDRESS),
                                true)),
                        "raw",
                        Optional.of("Subject: <img src=x onerror=alert(1)>")));

        assertThat(page.select("main script, main img")).isEmpty();
        assertThat(page.select("pre").text()).contains("<img src=x");
        assertThat(page.select("a[href=/staff/suppressed/" + ADDRESS + "]")).isNotEmpty();
    }

    @Test
    void offersToLiftAComplaintOnlyToThePrivacyOfficer() {
        assertThat(address(false).select("button[value=COMPLAINED]")).isEmpty();
        assertThat(address(false).select("button[value=HARD_BOUNCED]")).hasSize(1);
        assertThat(address(true).select("button[value=COMPLAINED]")).hasSize(1);
    }

    private static Document address(boolean mayLiftComplaint) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("form", Form.empty());
        parameters.put("address", ADDRESS);
        parameters.put(
                "standing",
                Arrays.stream(SuppressedAddresses.Reason.values())
                        .map(reason -> new SuppressedAddresses.Suppressed(ADDRESS, reason, NOW, "5.1.1"))
                        .toList());
        parameters.put("lines", List.of());
        parameters.put("mayLiftComplaint", mayLiftComplaint);
        return TestPages.render("returned/address", parameters);
    }

    private static Document list(List<ReturnedMails.Line> lines, Map<String, String> ways) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("sort", Optional.empty());
        parameters.put("lines", lines);
        parameters.put("more", false);
        parameters.put("ways", ways);
        parameters.put("waiting", 0L);
        parameters.put("figures", List.of(new ReturnedMails.Figure(ReturnedMails.Sort.HARD_BOUNCE, "USER_UNKNOWN", 3)));
        return TestPages.render("returned/list", parameters);
    }

    private static ReturnedMails.Line line(ReturnedMails.Sort sort, String reason, ReturnedMails.Effect effect) {
        return new ReturnedMails.Line(
                MAIL, NOW, sort, reason, Optional.empty(), effect, "smtp", "words", Optional.empty(), true);
    }
}
