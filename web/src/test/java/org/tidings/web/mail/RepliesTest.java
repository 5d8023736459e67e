package org.tidings.web.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tidings.mail.MessageClass;
import org.tidings.mail.SendingFigures;
import org.tidings.web.pages.TestPages;

class RepliesTest {
    private static final Path MAIL = Path.of("").toAbsolutePath().endsWith("web")
            ? Path.of("../mail/src/main/java")
            : Path.of("mail/src/main/java");

    @Test
    void saysOurOwnWordsInTheReadersLanguageAndTheirsAsTheyAre() {
        var german = TestPages.anonymous(Locale.GERMAN);

        assertThat(Replies.words(german, "waits for its turn at google"))
                .isEqualTo("wartet, bis es bei google weitergeht");
        assertThat(Replies.words(german, "given up: 450 4.2.0 {busy}")).isEqualTo("aufgegeben: 450 4.2.0 {busy}");
        assertThat(Replies.words(german, "550 5.1.1 User unknown")).isEqualTo("550 5.1.1 User unknown");
    }

    /** Otherwise a change there would bring English words back, and nobody would see. */
    @Test
    void knowsTheWordsThatTheMailModuleWrites() throws IOException {
        String code = "";
        try (var files = Files.walk(MAIL)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                code += Files.readString(file);
            }
        }
        for (String own : List.of(
                "waits for its turn at ",
                "waits for the mailing's hours",
                "given up: ",
                "connection broke after the content: ",
                "connection broke: ",
                "the connection ended with the mail before: ",
                "the process ended while the mail was on its way",
                "250 kept in the local mailbox",
                "failed after the content")) {
            assertThat(code).contains("\"" + own);
            assertThat(Replies.words(TestPages.anonymous(Locale.GERMAN), own)).isNotEqualTo(own);
        }
    }

    @Test
    void theOverviewSaysThatAMailingStopped() {
        var page = TestPages.render(
                "mail/card",
                Map.of(
                        "stopped",
                        List.of(StoppedMailing.of(MessageClass.NEWSLETTER)),
                        "alarms",
                        List.of(new SendingFigures.Alarm(
                                "BLOCKLISTED",
                                StoppedMailing.of(MessageClass.NEWSLETTER).at(),
                                StoppedMailing.of(MessageClass.NEWSLETTER).at(),
                                3,
                                "550 listed")),
                        "restored",
                        true));

        assertThat(page.text())
                .contains("The database is older than this server")
                .contains("“May news” stopped by itself", "on a blocklist");
        assertThat(page.select("a[href=/staff/mail]")).hasSize(1);
    }
}
