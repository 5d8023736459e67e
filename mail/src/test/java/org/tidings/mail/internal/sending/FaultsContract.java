package org.tidings.mail.internal.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.PersonState;
import org.tidings.mail.internal.outcomes.Codes;
import org.tidings.mail.internal.settings.TestSettings;
import org.tidings.mail.internal.tables.Sql;
import org.tidings.mail.testing.ScriptedSmtpServer;
import org.tidings.mail.testing.ScriptedSmtpServer.Mail;
import org.tidings.mail.testing.TestDatabase;

/** What is promised when things go wrong, with real processes that are really killed. */
@Timeout(180)
abstract class FaultsContract {

    /** As the settings have them: the most mails that a kill can leave in doubt. */
    static final int CONNECTIONS = 4;

    @TempDir
    Path folder;

    final ScriptedSmtpServer server = ScriptedSmtpServer.started();
    final List<Process> processes = new ArrayList<>();

    /** A database that other processes can use; nobody has it open. */
    abstract Address emptyDatabase();

    abstract TestDatabase databaseOfThisProcess();

    /** JDBC URL and user. */
    record Address(String url, String user) {}

    @AfterEach
    void close() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly();
            process.waitFor(20, TimeUnit.SECONDS);
        }
        server.close();
    }

    void fill(Address address, int count) {
        try (TestDatabase database = TestDatabase.at(address.url(), address.user(), "mail")) {
            ReadersTable.filled(new Sql(database.dataSource()), count);
        }
    }

    /** @param issueFor starts an issue for so many, or 0 */
    Process engine(Address address, Path data, int issueFor) throws IOException {
        Files.createDirectories(data);
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        // A short life: compiling well does not pay.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EngineProcess.class.getName(),
                        address.url(),
                        address.user(),
                        String.valueOf(server.port()),
                        data.toString(),
                        String.valueOf(issueFor)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log()))
                .start();
        processes.add(process);
        return process;
    }

    private File log() {
        return folder.resolve("engines.log").toFile();
    }

    void awaitAccepted(int count) {
        await(() -> server.accepted() >= count, count + " mails");
    }

    private void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited 60 s for " + what + ", there are " + server.accepted() + said());
            }
            EngineUnderTest.pause(5);
        }
    }

    private String said() {
        try {
            return "\n" + Files.readString(log().toPath());
        } catch (IOException e) {
            return "";
        }
    }

    void awaitEnd(Process process) throws InterruptedException {
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("ended" + said()).isTrue();
    }

    /** Everybody has it and is recorded; who has it twice is recorded as doubtful, with the same Message-ID and Date. */
    void assertNobodyIsMissing(Address address, int people, int doubtfulAtMost) {
        Map<String, List<Mail>> byAddress = server.mails().stream().collect(Collectors.groupingBy(Mail::to));
        assertThat(byAddress).hasSize(people);
        try (TestDatabase database = TestDatabase.at(address.url(), address.user(), "mail")) {
            Sql sql = new Sql(database.dataSource());
            Set<String> doubtful = new HashSet<>(sql.list(
                    "select r.address from mail.deliveries d join bench.readers r on r.id = d.recipient where d.outcome = "
                            + (Codes.HANDED_OVER + Codes.WAS_DOUBTFUL),
                    row -> row.getString("address")));
            assertThat(sql.number("select count(*) from mail.deliveries where outcome in (1, 101)"))
                    .isEqualTo(people);
            assertThat(sql.number("select count(*) from mail.deliveries")).isEqualTo(people);
            assertThat(doubtful).hasSizeLessThanOrEqualTo(doubtfulAtMost);
            byAddress.forEach((to, mails) -> {
                if (mails.size() > 1) {
                    assertThat(doubtful).contains(to);
                    assertThat(mails.stream().map(m -> m.header("Message-ID")).distinct())
                            .hasSize(1);
                    assertThat(mails.stream().map(m -> m.header("Date")).distinct())
                            .hasSize(1);
                }
            });
        }
    }

    @Test
    void killInTheMiddleOfThousandsLosesNobody() throws Exception {
        Address address = emptyDatabase();
        fill(address, 5_000);
        server.pauseAtContent(2);
        Path data = folder.resolve("data");

        Process first = engine(address, data, 5_000);
        awaitAccepted(1_200);
        first.destroyForcibly().waitFor();
        Process second = engine(address, data, 0);
        awaitAccepted(2_800);
        second.destroyForcibly().waitFor();
        assertThat(server.accepted()).isLessThan(5_000);
        awaitEnd(engine(address, data, 0));

        assertNobodyIsMissing(address, 5_000, 2 * CONNECTIONS);
    }

    @Test
    void orderlyEndLeavesNothingInDoubt() throws Exception {
        Address address = emptyDatabase();
        fill(address, 3_000);
        server.pauseAtContent(2);
        Path data = folder.resolve("data");

        Process first = engine(address, data, 3_000);
        awaitAccepted(1_000);
        first.destroy();
        awaitEnd(first);
        int atEnd = server.accepted();
        EngineUnderTest.pause(300);
        assertThat(server.accepted()).isEqualTo(atEnd).isLessThan(3_000);
        awaitEnd(engine(address, data, 0));

        assertThat(server.mails()).hasSize(3_000);
        assertNobodyIsMissing(address, 3_000, 0);
    }

    /** Design, section 4: a commit counts at once, also in the middle of a mailing. */
    @Test
    void noDataForAPersonBeginsASecondAfterSheLeft() {
        int count = 20_000;
        server.pauseAtContent(2);
        Map<String, Long> dataAt = new ConcurrentHashMap<>();
        server.tellBegun((to, at) -> dataAt.merge(to, at, Math::max)).tell(mail -> {});
        Map<String, Long> leftAt = new HashMap<>();
        try (TestDatabase database = databaseOfThisProcess()) {
            ReadersTable readers = ReadersTable.filled(new Sql(database.dataSource()), count);
            readers.indexNumbers();
            TestSettings settings = TestSettings.acme()
                    .with("tidings.smtp.url", "smtp://127.0.0.1:" + server.port() + "?tls=none")
                    .with("tidings.smtp.connections", "6")
                    // So that much is claimed ahead, and only reading standing again keeps the promise.
                    .with("tidings.mail.batch", "5000");
            try (EngineOnTable mail =
                    EngineOnTable.started(database, settings, folder, domain -> Optional.empty(), readers)) {
                MailingId mailing = mail.startIssue("readers", EngineOnTable.shortBody(), count);
                Random random = new Random(20_000);
                while (!mail.isFinished(mailing)) {
                    for (int i = 0; i < 20; i++) {
                        int leaver = random.nextInt(count);
                        readers.become(
                                leaver, random.nextBoolean() ? PersonState.UNSUBSCRIBED : PersonState.DEACTIVATED);
                        leftAt.putIfAbsent(ReadersTable.address(leaver), System.nanoTime());
                        EngineUnderTest.pause(2);
                    }
                }
                MailingProgress done = mail.progress(mailing);
                long skipped = done.skipped().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();

                assertThat(done.sent() + skipped).isEqualTo(count);
                assertThat(skipped).isGreaterThan(100);
                assertThat(done.doubtful()).isZero();
            }
        }
        long latest = leftAt.entrySet().stream()
                .filter(left -> dataAt.containsKey(left.getKey()))
                .mapToLong(left -> dataAt.getOrDefault(left.getKey(), 0L) - left.getValue())
                .max()
                .orElse(0);
        assertThat(latest)
                .as("nanoseconds from a commit to the latest DATA after it")
                .isLessThan(1_000_000_000L);
    }
}
