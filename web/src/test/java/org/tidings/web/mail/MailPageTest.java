package org.tidings.web.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidings.accounts.Role;
import org.tidings.mail.Diagnostic;
import org.tidings.mail.MailTraffic.Receiver;
import org.tidings.mail.MailTraffic.Restraint;
import org.tidings.mail.MailTraffic.Server;
import org.tidings.mail.MailingId;
import org.tidings.mail.MessageClass;
import org.tidings.mail.RestoredDatabase.Cause;
import org.tidings.mail.RestoredDatabase.Noticed;
import org.tidings.mail.SendingFigures.Day;
import org.tidings.mail.SendingFigures.Lane;
import org.tidings.mail.SendingFigures.Side;
import org.tidings.mail.SendingFigures.Unaccounted;
import org.tidings.mail.SendingState;
import org.tidings.site.Languages;
import org.tidings.web.pages.TestPages;

class MailPageTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T10:00:00Z");
    private static final String GO_ON = "form[method=post][action=/staff/mail/restored/go-on]";
    private static final String LIFT = "form[method=post][action=/staff/mail/receivers/lift]";

    @Test
    void letsTheAdministratorEndALimitAndNobodyElse() {
        Document hers = receivers(Role.ADMINISTRATOR);

        assertThat(hers.select(LIFT)).hasSize(1);
        assertThat(hers.select(LIFT + " [name=receiver]").attr("value")).isEqualTo("google");
        assertThat(hers.select(LIFT + " [name=_csrf]")).hasSize(1);
        assertThat(receivers(Role.PUBLISHER).select(LIFT)).isEmpty();
    }

    /** RCV-04: below 0.1 % all is well, from there it is a warning, and 0.3 % is never to be reached. */
    @ParameterizedTest
    @CsvSource({
        "999, done, notice-done",
        "1000, warning, notice-warning",
        "2999, warning, notice-warning",
        "3000, danger, notice-danger"
    })
    void warnsOfComplaintsFromTheLinesOn(long perMillion, String tone, String notice) {
        MailPage mail = mail(perMillion, List.of(), List.of());

        assertThat(mail.complaintTone()).isEqualTo(tone);
        Document alarms = TestPages.render(
                "mail/alarms", Map.of("mail", mail), TestPages.signedIn(Locale.ENGLISH, Role.PUBLISHER));
        assertThat(alarms.select(".notice")).hasSize(1).allMatch(shown -> shown.hasClass(notice));
        assertThat(alarms.text()).matches(perMillion < 1000 ? ".*All is well.*" : ".*[Cc]omplain.*");
    }

    @Test
    void isNotWellWhileAServerIsSilent() {
        MailPage mail = mail(0, List.of(), List.of(server(Duration.ofMinutes(2)), server(Duration.ofSeconds(30))));

        Document alarms = TestPages.render(
                "mail/alarms", Map.of("mail", mail), TestPages.signedIn(Locale.ENGLISH, Role.PUBLISHER));

        assertThat(alarms.select(".notice")).hasSize(1);
        assertThat(alarms.select(".notice-danger").text()).contains("“main” does not answer", "connection refused");
    }

    /** SND-06: after four hours somebody is told. */
    @Test
    void isNotWellWhileAccountMailHasWaitedForLong() {
        assertThat(mail(0, List.of(lane(MessageClass.ACCOUNT, 3)), List.of()).isWell())
                .isTrue();
        assertThat(mail(0, List.of(lane(MessageClass.NEWSLETTER, 5)), List.of()).isWell())
                .as("a mailing may take its time")
                .isTrue();
        MailPage mail = mail(0, List.of(lane(MessageClass.ACCOUNT, 5)), List.of());

        Document alarms = TestPages.render(
                "mail/alarms", Map.of("mail", mail), TestPages.signedIn(Locale.GERMAN, Role.PUBLISHER));

        assertThat(alarms.select(".notice")).hasSize(1);
        assertThat(alarms.select(".notice-warning").text()).contains("Kontomails warten lange");
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void saysThatTheDatabaseIsOlderAndAsksWhoMayDecide(Cause cause) {
        MailPage mail = mail(
                0,
                List.of(),
                List.of(),
                Set.of(),
                Optional.of(new Noticed(cause, NOW, Optional.of(NOW.minusHours(3)), Optional.of(NOW.minusHours(1)), 2)),
                List.of());
        assertThat(mail.isWell()).isFalse();

        for (Locale language : Languages.ALL) {
            Document asked = TestPages.render(
                    "mail/alarms", Map.of("mail", mail), TestPages.signedIn(language, Role.ADMINISTRATOR));
            Document told =
                    TestPages.render("mail/alarms", Map.of("mail", mail), TestPages.signedIn(language, Role.ANNOUNCER));

            assertThat(asked.select(".notice-danger")).hasSize(1);
            assertThat(asked.select("time").eachAttr("datetime"))
                    .contains(NOW.minusHours(3).toString(), NOW.minusHours(1).toString());
            assertThat(asked.text())
                    .contains(
                            switch (language.getLanguage()) {
                                case "de" -> "2 Aussendungen von vorher still";
                                case "fr" -> "2 envois d’avant sont à l’arrêt";
                                default -> "2 mailings of before stand still";
                            })
                    .doesNotContain("mail.");
            assertThat(asked.select(GO_ON + " [name=_csrf]")).hasSize(1);
            assertThat(asked.select("[style], [onclick], script")).isEmpty();
            assertThat(told.select(".notice-danger")).hasSize(1);
            assertThat(told.select(GO_ON)).isEmpty();
        }
    }

    @Test
    void saysOfEachMailingWhyItStandsStillAfterARestore() {
        Document page = TestPages.render(
                "mail/stopped",
                Map.of("stopped", StoppedMailing.afterRestore(), "resume", "/resume"),
                TestPages.signedIn(Locale.ENGLISH, Role.PUBLISHER));

        assertThat(page.select(".notice-danger").text())
                .contains("“May news” stands still", "older than this server")
                .doesNotContain("refused", "RESTORED", "mail.");
        assertThat(page.select("form[method=post][action=/resume] [name=_csrf]"))
                .hasSize(1);
    }

    private static Lane lane(MessageClass lane, int hours) {
        return new Lane(lane, 1, Optional.of(NOW.minusHours(hours).minusMinutes(1)), 0, 0, Map.of());
    }

    private static Server server(Duration downFor) {
        return new Server(
                "main",
                "mx.example.net:25",
                Set.of(),
                Set.of(),
                1,
                Optional.of(NOW.minus(downFor)),
                Optional.empty(),
                Optional.of(Diagnostic.of("connection refused")),
                Optional.empty(),
                0,
                4,
                0,
                0,
                0);
    }

    /** Who may send it may send it to the rest, or say that they did not get it. */
    @Test
    void offersToSendToThoseWhoAreNotAccountedFor() {
        var lost = new Unaccounted(new MailingId(UUID.randomUUID()), "October", MessageClass.NEWSLETTER, 368);
        MailPage mail = mail(0, List.of(), List.of(), Set.of(), Optional.empty(), List.of(lost));
        assertThat(mail.isWell()).isFalse();

        Document hers = TestPages.render(
                "mail/alarms", Map.of("mail", mail), TestPages.signedIn(Locale.ENGLISH, Role.PUBLISHER));
        Document others = TestPages.render(
                "mail/alarms", Map.of("mail", mail), TestPages.signedIn(Locale.GERMAN, Role.ANNOUNCER));

        String path = "/staff/mail/unaccounted/" + lost.mailing().value();
        assertThat(hers.select(".notice-danger").text()).contains("“October”: 368 people", "Send to 368");
        assertThat(hers.select("form[method=post]").eachAttr("action"))
                .containsExactly(path + "/send", path + "/write-off");
        assertThat(others.select(".notice-danger").text()).contains("„October“: Von 368 Personen");
        assertThat(others.select("form")).isEmpty();
    }

    @Test
    void saysThatNothingIsSentWhereTransactionsDoNotHold() {
        MailPage mail = mail(0, List.of(), List.of(), Set.of("mail-claims"), Optional.empty(), List.of());

        Document alarms = TestPages.render(
                "mail/alarms", Map.of("mail", mail), TestPages.signedIn(Locale.GERMAN, Role.PUBLISHER));

        assertThat(alarms.select(".notice")).hasSize(1);
        assertThat(alarms.select(".notice-danger").text()).contains("versendet keine Mails", "mail-claims");
    }

    private static MailPage mail(long perMillion, List<Lane> lanes, List<Server> servers) {
        return mail(perMillion, lanes, servers, Set.of(), Optional.empty(), List.of());
    }

    private static MailPage mail(
            long perMillion,
            List<Lane> lanes,
            List<Server> servers,
            Set<String> withoutTransactions,
            Optional<Noticed> restored,
            List<Unaccounted> unaccounted) {
        List<Day> none = List.of();
        return new MailPage(
                NOW,
                new SendingState(Optional.empty(), 0, Optional.empty(), Optional.empty(), Optional.empty()),
                withoutTransactions,
                false,
                List.of(),
                List.of(),
                List.of(),
                unaccounted,
                restored,
                lanes,
                servers,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                none,
                perMillion,
                MailPage.bouncesOf(none),
                MailPage.rateOf(none));
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
