package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidings.mail.testing.RecordingSmtpServer;

/** What Tidings does while the things that it stands on fail, each caused for real, and after they have come back. */
@Tag("own-process")
class FaultsIT {

    private static final Path FOLDER = Path.of("target", "it-faults").toAbsolutePath();
    private static final int DISK_MEGABYTES = 500;

    @Test
    void outlivesPostgresThatIsKilledAndComesBack() {
        try (var smtp = RecordingSmtpServer.started();
                var postgres = VanishingPostgres.in(FOLDER.resolve("postgres")).start();
                var tidings = postgres.usedBy(TidingsProcess.in(FOLDER.resolve("vanished")))
                        .with("tidings.smtp.url", smtp.url())
                        .start()) {
            var mails = new MailProbe(smtp);
            var form = new HttpBrowser(tidings.url()).get("/register").form();
            smtp.stop();
            assertThat(form.fill("address", "waiting@example.net").submit().status())
                    .isEqualTo(200);

            postgres.kill();

            tidings.awaitStatus("/health/ready", 503);
            tidings.awaitStatus("/health/live", 200);
            saysPlainlyThatItCannotAnswer(tidings);
            assertThat(form.fill("address", "refused@example.net").submit().status())
                    .isEqualTo(503);
            postgres.start();
            smtp.start();
            tidings.awaitStatus("/health/ready", 200);
            tidings.awaitStatus("/", 200);
            assertThat(mails.to("waiting@example.net", "Confirm").link("/confirm/"))
                    .startsWith(tidings.url());
            assertThat(form.fill("address", "later@example.net").submit().status())
                    .isEqualTo(200);
            mails.to("later@example.net", "Confirm");
            assertThat(mails.all("waiting@example.net")).hasSize(1);
            assertThat(mails.all("refused@example.net")).isEmpty();
        }
    }

    @Test
    void startsBeforeItsPostgresAndRunsWhenThatComes() {
        try (var postgres = VanishingPostgres.in(FOLDER.resolve("late-postgres"));
                var tidings = postgres.usedBy(TidingsProcess.in(FOLDER.resolve("early")))) {
            tidings.launch();
            tidings.awaitStatus("/health/ready", 503);
            saysPlainlyThatItCannotAnswer(tidings);

            postgres.start();

            tidings.awaitStatus("/health/ready", 200);
            assertThat(new HttpBrowser(tidings.url()).get("/").status()).isEqualTo(200);
            assertThat(tidings.printed()).contains("NOT READY", "The database answers now", "Ready after");
        }
    }

    /** ADR 012: whoever came back with a restored backup must be erased again before anybody is written to. */
    @Test
    void doesNotBeginWithoutItsLedgerOfErasures() throws IOException {
        try (var tidings = TidingsProcess.in(FOLDER.resolve("ledger"))) {
            Path notAFile = Files.createDirectories(tidings.data().resolve("erasures.txt"));
            tidings.launch();
            tidings.awaitStatus("/health/ready", 503);
            tidings.awaitPrinted("NOT READY      The ledger of erasures cannot be read: " + notAFile);

            Files.delete(notAFile);

            tidings.awaitStatus("/health/ready", 200);
            assertThat(new HttpBrowser(tidings.url()).get("/register").status()).isEqualTo(200);
        }
    }

    @Test
    void outlivesAFullDisk() {
        try (var disk = SmallDisk.of(DISK_MEGABYTES, FOLDER.resolve("disk"));
                var tidings = TidingsProcess.in(FOLDER.resolve("full"))
                        .onDisk(disk.folder().resolve("data"))
                        // Three tries that find no room put a mail off; the default is five minutes.
                        .with("tidings.mail.retries", "PT2S")
                        .start()) {
            var form = new HttpBrowser(tidings.url()).get("/register").form();
            assertThat(form.fill("address", "before@example.net").submit().status())
                    .isEqualTo(200);
            mailIsKept(tidings, "before@example.net");

            disk.fill();

            tidings.awaitStatus("/health/ready", 503);
            tidings.awaitStatus("/health/live", 200);
            List<String> taken = addressesTakenOnTheFullDisk(form);

            disk.free();

            tidings.awaitStatus("/health/ready", 200);
            tidings.awaitStatus("/", 200);
            assertThat(form.fill("address", "after@example.net").submit().status())
                    .isEqualTo(200);
            mailIsKept(tidings, "after@example.net");
            mailIsKept(tidings, "before@example.net");
            taken.forEach(address -> mailIsKept(tidings, address));
        }
    }

    /** The database finds room inside its file for some; what it says no to must be said plainly. */
    private static List<String> addressesTakenOnTheFullDisk(HttpBrowser.Form form) {
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String address = "during-" + i + "@example.net";
            HttpBrowser.Page page = form.fill("address", address).submit();
            if (page.status() == 200) {
                taken.add(address);
            } else {
                saysPlainly(page);
            }
        }
        return taken;
    }

    private static void mailIsKept(TidingsProcess tidings, String address) {
        var browser = new HttpBrowser(tidings.url());
        browser.get(tidings.mailboxPath());
        for (int i = 0; i < 300 && !browser.get("/mailbox").text().contains(address); i++) {
            TidingsProcess.pause(100);
        }
        assertThat(browser.get("/mailbox").text())
                .as(() ->
                        "the mailbox; Tidings said: " + tidings.printed() + "\nand logged: " + tidings.lastLogged(300))
                .contains(address);
    }

    private static void saysPlainlyThatItCannotAnswer(TidingsProcess tidings) {
        for (String path : new String[] {"/", "/register", "/announcements", "/privacy"}) {
            saysPlainly(new HttpBrowser(tidings.url()).get(path));
        }
        var program = new HttpBrowser(tidings.url())
                .request("GET", "/api/v1/newsletters", "", Map.of("Accept", "application/json"));
        assertThat(program.statusCode()).isIn(401, 503);
        assertThat(program.body()).doesNotContain("SQL", "jdbc", "Exception");
    }

    private static void saysPlainly(HttpBrowser.Page page) {
        assertThat(page.status()).as(page.text()).isEqualTo(503);
        assertThat(page.header("Retry-After")).isPresent();
        assertThat(page.header("Content-Security-Policy")).isPresent();
        assertThat(page.text()).containsIgnoringCase("try again");
        assertThat(page.body())
                .doesNotContain("SQL", "jdbc", "Exception", "org.tidings", "org.h2", "postgresql", "payara");
    }
}
