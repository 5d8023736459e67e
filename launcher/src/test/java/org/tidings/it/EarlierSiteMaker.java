package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.it.Newsroom.Paper;

/**
 * Makes {@link EarlierSite} from the jar of {@code -Dearlier.jar}: {@code benchmarks/faults.sh fixture JAR}. No part of any build; needs
 * {@code pg_dump}.
 */
class EarlierSiteMaker {

    private static final Path RESOURCES = Path.of("src", "test", "resources");

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void makesASiteThatWasKilledInTheMiddleOfAMailing(String database) throws Exception {
        String name = "earlier-" + database;
        try (Fleet fleet = database.equals("h2") ? Fleet.onH2(name) : Fleet.onPostgres(name, 1)) {
            TidingsProcess node = fleet.node(1)
                    .runs(Path.of(System.getProperty("earlier.jar")).toAbsolutePath())
                    .with("tidings.mail.batch", "20");
            MailSink sink = fleet.up().sink();
            Newsroom newsroom = Newsroom.openedAt(fleet.nodes());
            Paper paper = newsroom.paper(node, "earlier", EarlierSite.READERS);
            for (String subject : List.of(EarlierSite.MISSING, EarlierSite.MISCOUNTED)) {
                newsroom.awaitFinished(node, newsroom.send(node, paper, subject));
            }
            sink.delayEveryMail(Duration.ofMillis(20));
            newsroom.send(node, paper, EarlierSite.IN_THE_MIDDLE);
            sink.awaitCount(EarlierSite.IN_THE_MIDDLE, EarlierSite.READERS / 3);

            node.killAll();

            Instant madeAt = Instant.now();
            Map<String, byte[]> files = new TreeMap<>();
            files.put(EarlierSite.MADE_AT, bytes(madeAt + "\n"));
            Set<String> missing = spoil(fleet);
            files.put(EarlierSite.RECEIVED, bytes(received(sink, missing)));
            if (database.equals("h2")) {
                // Without what was overwritten in it: names of this machine, and most of its size.
                fleet.execute("shutdown compact");
            } else {
                files.put(EarlierSite.DUMP, bytes(dump(fleet.databaseUrl())));
            }
            keep(node.data(), files);
            write(RESOURCES.resolve(EarlierSite.resource(database)), files);
        }
    }

    /** Does to the finished mailings what kills did while nothing was in a transaction. Returns who was never written to. */
    private static Set<String> spoil(Fleet fleet) throws SQLException {
        fleet.execute("update mail.nodes set host = 'earlier.example.org', folder = '/srv/tidings/data/mail'");
        String missing = "(select number from mail.mailings where title like '%: " + EarlierSite.MISSING + "')";
        String miscounted = "(select number from mail.mailings where title like '%: " + EarlierSite.MISCOUNTED + "')";
        // The second claim: neighbours in the order in which they were reserved.
        String claim = "(select recipient from mail.deliveries where mailing = " + missing
                + " order by recipient offset 20 rows fetch next " + EarlierSite.NEVER_WRITTEN_TO + " rows only)";
        Set<String> people = new HashSet<>(fleet.texts("select p.address from newsletter.subscription s"
                + " join newsletter.subscriber p on p.id = s.subscriber where s.id in " + claim));
        assertThat(people).hasSize(EarlierSite.NEVER_WRITTEN_TO);
        fleet.execute("delete from mail.deliveries where mailing = " + missing + " and recipient in " + claim);
        fleet.execute("update mail.mailing_counts set n = n - " + EarlierSite.NEVER_WRITTEN_TO
                + " where what = 1 and mailing = " + missing);
        fleet.execute("update mail.mailing_counts set n = n - " + EarlierSite.NOT_COUNTED
                + " where what = 1 and mailing = " + miscounted);
        return people;
    }

    private static String received(MailSink sink, Set<String> missing) {
        return List.of(EarlierSite.MISSING, EarlierSite.MISCOUNTED, EarlierSite.IN_THE_MIDDLE).stream()
                .flatMap(subject -> sink.mails(subject).stream()
                        .filter(MailSink.Mail::complete)
                        .map(MailSink.Mail::to)
                        .filter(to -> !(subject.equals(EarlierSite.MISSING) && missing.contains(to)))
                        .sorted()
                        .map(to -> subject + "\t" + to + "\n"))
                .collect(Collectors.joining());
    }

    /** Plain statements, so that JDBC can load it. */
    private static String dump(String jdbcUrl) throws IOException, InterruptedException {
        URI at = URI.create(jdbcUrl.substring("jdbc:".length()));
        Path file = Path.of("target", "earlier-site.sql").toAbsolutePath();
        ProcessBuilder dump = new ProcessBuilder(
                "pg_dump",
                "--inserts",
                "--rows-per-insert=100",
                "--no-owner",
                "--no-privileges",
                "--host=" + at.getHost(),
                "--port=" + at.getPort(),
                "--username=postgres",
                "--file=" + file,
                at.getPath().substring(1));
        int answer = dump.inheritIO().start().waitFor();
        assertThat(answer).as("pg_dump").isZero();
        // Since August 2025 it has two commands for psql in it.
        return Files.readString(file)
                .lines()
                .filter(line -> !line.startsWith("\\restrict ") && !line.startsWith("\\unrestrict "))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static void keep(Path data, Map<String, byte[]> files) throws IOException {
        for (String name : List.of("tidings.mv.db", "erasures.txt")) {
            if (Files.exists(data.resolve(name))) {
                files.put(EarlierSite.DATA + name, Files.readAllBytes(data.resolve(name)));
            }
        }
        try (var journals = Files.list(data.resolve("mail"))) {
            for (Path file : journals.toList()) {
                // Wherever it is opened, the machine has been started anew since.
                String journal = Files.readString(file).replaceAll("(?m)^H .*$", "H of another day");
                files.put(EarlierSite.DATA + "mail/" + file.getFileName(), bytes(journal));
            }
        }
    }

    private static void write(Path zip, Map<String, byte[]> files) throws IOException {
        Files.createDirectories(zip.getParent());
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.setLevel(9);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
                out.closeEntry();
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
