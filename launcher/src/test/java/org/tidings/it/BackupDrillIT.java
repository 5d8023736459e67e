package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidings.mail.testing.RecordingSmtpServer;

/**
 * The drill of {@code docs/operating.md}, done by the very lines that stand there, on tidings.jar: a backup within a mailing, people who leave
 * after it, and a restore, after which nothing of before goes out by itself and nobody who had left gets anything.
 */
@Tag("own-process")
class BackupDrillIT {

    private static final Path FOLDER = Path.of("target", "it-backup").toAbsolutePath();
    private static final Path GUIDE = Path.of("..", "docs", "operating.md");
    private static final String FOLDER_IN_THE_GUIDE = "/var/backups/tidings";
    private static final String SUBJECT = "News that a backup interrupts";
    private static final String LATER = "News of later";
    private static final Duration LATER_BY = Duration.ofMinutes(30);
    private static final int READERS = 400;
    private static final int SENT_BEFORE = 60;
    private static final long MILLIS_A_MAIL = 100;

    @Test
    void theDrillHoldsOnTheEmbeddedDatabase() throws IOException {
        try (var smtp = RecordingSmtpServer.started();
                var tidings = TidingsProcess.in(FOLDER.resolve("h2"))) {
            drill(tidings, smtp);

            try (var kept = Files.newDirectoryStream(tidings.data(), "tidings.mv.db.before-restore-*")) {
                assertThat(kept).as("what was there before").hasSize(1);
            }
        }
    }

    @Test
    void theDrillHoldsOnPostgreSql() throws IOException {
        requirePostgresTools();
        try (var smtp = RecordingSmtpServer.started();
                var tidings = TidingsProcess.in(FOLDER.resolve("postgresql"))) {
            Site.usePostgres(tidings);
            drill(tidings, smtp);
        }
    }

    /** Those of Debian are newer than the server that comes by Maven; a server cannot be dumped by older ones. */
    private static void requirePostgresTools() {
        boolean there = Files.isExecutable(Path.of("/usr/bin/pg_dump")) && Files.isExecutable(Path.of("/usr/bin/psql"));
        if (there) {
            return;
        }
        String what = "the drill on PostgreSQL needs /usr/bin/pg_dump (Debian's postgresql-client)";
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(what);
        }
        System.err.println("*** SKIPPED: " + what);
        Assumptions.abort(what);
    }

    /** The lines of the drill that are commands, as words; the folder is ours. */
    private static List<List<String>> commandsOfTheGuide(Path backups) throws IOException {
        String guide = Files.readString(GUIDE);
        String drill = guide.substring(guide.indexOf("\n### The drill\n"));
        drill = drill.substring(0, drill.indexOf("\n## "));
        List<List<String>> commands = new ArrayList<>();
        Matcher blocks = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL).matcher(drill);
        while (blocks.find()) {
            blocks.group(1)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> commands.add(List.of(line.replace(FOLDER_IN_THE_GUIDE, backups.toString())
                            .split(" ", -1))));
        }
        return commands;
    }

    private static List<String> arguments(List<String> command) {
        assertThat(command.subList(0, 3)).containsExactly("java", "-jar", "tidings.jar");
        return command.subList(3, command.size());
    }

    private static void drill(TidingsProcess tidings, RecordingSmtpServer smtp) throws IOException {
        Path backups = Files.createDirectories(tidings.data().resolveSibling("backups"));
        List<List<String>> commands = commandsOfTheGuide(backups);
        assertThat(commands).as("backup, restore, start").hasSize(3);
        tidings.with("tidings.smtp.url", smtp.url())
                .with("tidings.newsletter.undo.seconds", "0")
                .with("tidings.mail.receiving.limits", "off")
                // What was reserved when the backup was taken is doubtful; nobody waits half an hour for it here.
                .with("tidings.mail.retries", "PT2S")
                .with("tidings.mail.takeover.after", "PT30S")
                .start();
        Newsroom newsroom = Newsroom.openedAt(List.of(tidings));
        Newsroom.Paper paper = newsroom.paper(tidings, "drill", READERS);
        String scheduled = newsroom.schedule(
                tidings, paper, LATER, OffsetDateTime.now(ZoneOffset.UTC).plus(LATER_BY));

        smtp.delayEveryMail(MILLIS_A_MAIL);
        String mailing = newsroom.send(tidings, paper, SUBJECT);
        awaitSent(smtp, SENT_BEFORE);
        TidingsProcess.Ended backup = tidings.command(arguments(commands.get(0)));

        assertThat(backup.exit()).as(backup.said()).isZero();
        assertThat(backup.said()).contains("The backup is complete");
        smtp.delayEveryMail(0);
        newsroom.awaitFinished(tidings, mailing);
        newsroom.cancel(tidings, scheduled); // as if its time had come and it had gone out
        List<RecordingSmtpServer.Mail> last = last(smtp, 6);
        Set<String> left = leave(tidings, last);
        String erased = erase(tidings, smtp, last.get(5));
        whatIsNotAllowedWhileItRuns(tidings, commands.get(1), backups);
        assertThat(tidings.stop()).isIn(0, 143);

        TidingsProcess.Ended restore = tidings.command(arguments(commands.get(1)));
        assertThat(restore.exit()).as(restore.said()).isZero();
        assertThat(restore.said()).contains("was put back", "/staff/mail");
        assertThat(arguments(commands.get(2))).as("starts").isEmpty();
        int before = smtp.mails().size();
        tidings.start();

        nothingGoesOutByItself(tidings, smtp, newsroom, before, scheduled);
        assertThat(tidings.logged())
                .contains("THE DATABASE IS OLDER THAN THIS SERVER")
                .contains("opt-outs that it lacks were repeated: " + left.size())
                .contains("Erasures that it lacks are repeated: 1");
        assertThat(newsroom.figures(tidings, mailing).state()).isEqualTo("paused");
        assertThat(newsroom.figures(tidings, mailing).toGo()).isPositive();
        staffAreAskedAndLetItGoOn(tidings, newsroom, scheduled);

        Newsroom.Figures figures = newsroom.awaitFinished(tidings, mailing);

        assertThat(figures.sent() + figures.skipped()).isEqualTo(READERS);
        assertThat(figures.skipped()).isGreaterThanOrEqualTo(left.size());
        whoGotIt(smtp, paper, left, erased);
    }

    private static void awaitSent(RecordingSmtpServer smtp, int count) {
        for (int i = 0; i < 3_000 && smtp.mails().size() < count; i++) {
            TidingsProcess.pause(20);
        }
        assertThat(smtp.mails()).hasSizeGreaterThanOrEqualTo(count);
    }

    /** Those who got it after the backup, so that it knows nothing of it. */
    private static List<RecordingSmtpServer.Mail> last(RecordingSmtpServer smtp, int count) {
        List<RecordingSmtpServer.Mail> mails = smtp.mails();
        return List.copyOf(mails.subList(mails.size() - count, mails.size()));
    }

    /** Three by the button of the mail program, two by the preferences page. */
    private static Set<String> leave(TidingsProcess tidings, List<RecordingSmtpServer.Mail> mails) {
        Set<String> left = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            RecordingSmtpServer.Mail mail = mails.get(i);
            HttpBrowser browser = new HttpBrowser(tidings.url());
            if (i < 3) {
                assertThat(browser.request(
                                        "POST",
                                        oneClick(mail),
                                        "List-Unsubscribe=One-Click",
                                        Map.of("Content-Type", "application/x-www-form-urlencoded"))
                                .statusCode())
                        .isEqualTo(200);
            } else {
                browser.get(new MailProbe.Received(mail).link("/preferences/"))
                        .form("main form[action^=/preferences/]")
                        .submitWith("do", "off");
            }
            left.add(mail.to());
        }
        return left;
    }

    private static String oneClick(RecordingSmtpServer.Mail mail) {
        Matcher url = Pattern.compile("<(https?:[^>]*)>")
                .matcher(mail.header("List-Unsubscribe").orElseThrow());
        assertThat(url.find()).isTrue();
        return URI.create(url.group(1)).getPath();
    }

    /** By a link that is mailed for it: the one in the newsletter may have been forwarded. */
    private static String erase(TidingsProcess tidings, RecordingSmtpServer smtp, RecordingSmtpServer.Mail mail) {
        HttpBrowser browser = new HttpBrowser(tidings.url());
        browser.get(new MailProbe.Received(mail).link("/preferences/"))
                .form("form[action$=/everything]")
                .submit();
        var sheet = browser.get(new MailProbe(smtp).to(mail.to(), "Your link").link("/manage/link/"))
                .form("form[action$=/open]")
                .submit();
        var erased = sheet.click("Erase my address")
                .form("form[action$=/erase]")
                .tick("sure")
                .submit();
        assertThat(erased.text()).contains("Your address is erased");
        new MailProbe(smtp).to(mail.to(), "is erased");
        return mail.to();
    }

    private static void whatIsNotAllowedWhileItRuns(TidingsProcess tidings, List<String> restore, Path backups) {
        Path file = backups.resolve("drill.tidings");
        assertThat(file).exists();
        assertThat(permissions(file)).isEqualTo("rw-------");
        TidingsProcess.Ended again = tidings.command(List.of("backup", file.toString()));
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.said()).contains("No backup was made.", "is there already");
        TidingsProcess.Ended running = tidings.command(arguments(restore));
        assertThat(running.exit()).isEqualTo(1);
        assertThat(running.said()).contains("Nothing was restored.", "Stop it, and then put the backup back");
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Mails of now go: somebody who registers gets her link. */
    private static void nothingGoesOutByItself(
            TidingsProcess tidings, RecordingSmtpServer smtp, Newsroom newsroom, int before, String scheduled) {
        var mails = new MailProbe(smtp);
        new HttpBrowser(tidings.url())
                .get("/register")
                .form()
                .fill("address", "now@example.net")
                .submit();
        mails.to("now@example.net", "Confirm");
        mails.nothingMoreTo("now@example.net");
        assertThat(smtp.mails()).as("but for that link").hasSize(before + 1);
        tidings.clock().shiftBy(LATER_BY.plusMinutes(1).toMillis());
        // Looked for every five seconds.
        TidingsProcess.pause(12_000);
        assertThat(newsroom.isWaiting(tidings, scheduled))
                .as("its time has come")
                .isTrue();
        assertThat(smtp.mails()).hasSize(before + 1);
    }

    private static void staffAreAskedAndLetItGoOn(TidingsProcess tidings, Newsroom newsroom, String scheduled) {
        HttpBrowser staff = new HttpBrowser(tidings.url());
        Crew.signIn(staff, "root@example.net", Crew.PASSWORD);
        assertThat(staff.get("/staff").text()).contains("The database is older than this server");
        HttpBrowser.Page mail = staff.get("/staff/mail");
        assertThat(mail.text()).contains("A backup was put back", "“The drill-1: " + SUBJECT + "” stands still");
        newsroom.cancel(tidings, scheduled);
        HttpBrowser.Page after = mail.formTo("/staff/mail/restored/go-on").submit();
        assertThat(after.text()).contains("It goes on, with 1 mailing.").doesNotContain("A backup was put back");
        assertThat(staff.get("/staff").text()).doesNotContain("older than this server");
    }

    private static void whoGotIt(RecordingSmtpServer smtp, Newsroom.Paper paper, Set<String> left, String erased) {
        MailProbe mails = new MailProbe(smtp);
        Set<String> twice = new HashSet<>();
        for (String reader : paper.readers()) {
            // Who was erased got the link for it, and the receipt.
            List<MailProbe.Received> got = mails.all(reader).stream()
                    .filter(mail -> !reader.equals(erased) || mail.subject().equals(SUBJECT))
                    .toList();
            assertThat(got)
                    .as(reader)
                    .hasSizeBetween(1, 2)
                    .allMatch(mail -> mail.subject().equals(SUBJECT));
            if (got.size() == 2) {
                twice.add(reader);
                assertThat(got.get(0).header("Message-ID")).isEqualTo(got.get(1).header("Message-ID"));
            }
        }
        assertThat(twice).as("the backup was made within the mailing").isNotEmpty();
        assertThat(twice).as("who had left").doesNotContainAnyElementsOf(left).doesNotContain(erased);
    }
}
