package org.tidings.web.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.tidings.accounts.Role;
import org.tidings.mail.MailTraffic.Receiver;
import org.tidings.mail.MailTraffic.Restraint;
import org.tidings.mail.SendingFigures.Day;
import org.tidings.mail.SendingFigures.Side;
import org.tidings.web.pages.TestPages;

class MailPageTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T10:00:00Z");
    private static final String LIFT = "form[method=post][action=/staff/mail/receivers/lift]";

    @Test
    void letsTheAdministratorEndALimitAndNobodyElse() {
        Document hers = receivers(Role.ADMINISTRATOR);

        assertThat(hers.select(LIFT)).hasSize(1);
        assertThat(hers.select(LIFT + " [name=receiver]").attr("value")).isEqualTo("google");
        assertThat(hers.select(LIFT + " [name=_csrf]")).hasSize(1);
        assertThat(receivers(Role.PUBLISHER).select(LIFT)).isEmpty();
    }

    @Test
    void labelsTheLinesOfTheChartInTheReadersLanguage() {
        Day day = new Day(
                LocalDate.of(2026, 11, 22), 1000, 1000, Map.of(Side.ADDRESS, 0L, Side.OURS, 0L, Side.PASSING, 0L), 2);
        Document chart = TestPages.render(
                "mail/chart",
                Map.of("bars", MailPage.rateOf(List.of(day)), "label", "Complaints"),
                TestPages.anonymous(Locale.GERMAN));

        assertThat(chart.select("text").eachText()).containsExactly("0,1 %", "0,3 %");
    }

    private static Document receivers(Role role) {
        return TestPages.render(
                "mail/receivers",
                Map.of(
                        "receivers",
                        List.of(
                                new Receiver(
                                        "google",
                                        5,
                                        50,
                                        Optional.of(new Restraint(NOW, NOW.plusHours(1), 10, "421 slow down")),
                                        0,
                                        12),
                                new Receiver("yahoo", 5, 50, Optional.empty(), 0, 3))),
                TestPages.signedIn(Locale.ENGLISH, role));
    }
}
