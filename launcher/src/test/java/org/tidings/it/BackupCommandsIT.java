package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.tidings.it.TidingsProcess.Ended;

/** What the commands say when they cannot do what they are asked for, and that they leave everything as it is then. No server is started. */
@Tag("own-process")
class BackupCommandsIT {

    private static final Path FOLDER = Path.of("target", "it-commands").toAbsolutePath();
    private static final String SECRET = "c29tZSByYW5kb20gYnl0ZXMsIG1vcmUgdGhhbiAzMiBvZiB0aGVt";

    private TidingsProcess tidings;
    private Path file;

    @SuppressWarnings("NullAway.Init") // set before each test
    BackupCommandsIT() {}

    /** A stopped site with a small database. */
    @BeforeEach
    void aStoppedSite(TestInfo test) throws IOException, SQLException {
        String name = test.getTestMethod().orElseThrow().getName();
        tidings = TidingsProcess.in(FOLDER.resolve(name)).with("tidings.secret", SECRET);
        file = tidings.data().resolveSibling("one.tidings");
        Files.createDirectories(tidings.data());
        try (Connection connection = database();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema mail");
            statement.execute("create table mail.mailings (title varchar(200))");
            statement.execute("insert into mail.mailings values ('before')");
        }
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:h2:file:" + tidings.data().resolve("tidings")
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                "tidings",
                "");
    }

    private List<String> titles() throws SQLException {
        try (Connection connection = database();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select title from mail.mailings")) {
            List<String> titles = new ArrayList<>();
            while (rows.next()) {
                titles.add(rows.getString(1));
            }
            return titles;
        }
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = database();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void refuses(String sentence, String... arguments) {
        Ended ended = tidings.command(List.of(arguments));
        assertThat(ended.exit()).as(ended.said()).isEqualTo(1);
        assertThat(ended.said().replaceAll("\\s+", " ")).contains(sentence).doesNotContain("Exception", "at org.");
    }

    private void does(String sentence, String... arguments) {
        Ended ended = tidings.command(List.of(arguments));
        assertThat(ended.exit()).as(ended.said()).isZero();
        assertThat(ended.said()).contains(sentence);
    }

    @Test
    void puttingABackupBackKeepsWhatWasThere() throws Exception {
        does("The backup is complete", "backup", file.toString());
        change("insert into mail.mailings values ('after')");

        does("was put back", "restore", file.toString());

        assertThat(titles()).containsExactly("before");
        try (Stream<Path> files = Files.list(tidings.data())) {
            Path kept = files.filter(one -> one.getFileName().toString().startsWith("tidings.mv.db.before-restore-"))
                    .findFirst()
                    .orElseThrow();
            Files.move(kept, tidings.data().resolve("tidings.mv.db"), StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(titles()).containsExactlyInAnyOrder("before", "after");
        assertThat(Files.readString(tidings.data().resolve("generation")))
                .as("word for the start, where the database has no place for it")
                .isEqualTo("restored\n");
    }

    /** What a restore that was killed leaves behind holds everybody's data. */
    @Test
    void whatAKilledRestoreLeftIsRemovedByTheNext() throws Exception {
        does("The backup is complete", "backup", file.toString());
        Path left = Files.createDirectories(tidings.data().resolve(".restoring123"));
        Files.copy(tidings.data().resolve("tidings.mv.db"), left.resolve("tidings.mv.db"));

        does("was put back", "restore", file.toString());

        assertThat(left).doesNotExist();
        assertThat(titles()).containsExactly("before");
    }

    /** What root puts there the server could not read. */
    @Test
    void anotherUserIsToldWhoseTheFolderIs() throws Exception {
        Assumptions.assumeTrue(
                System.getProperty("user.name").equals("root"), "only root can give a file away; CI is root");
        does("The backup is complete", "backup", file.toString());
        Path database = tidings.data().resolve("tidings.mv.db");
        Files.setOwner(
                database,
                database.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

        refuses("belongs to nobody, and this is root", "restore", file.toString());
        refuses("sudo -u nobody java -jar tidings.jar", "backup", file + ".again");

        assertThat(Path.of(file + ".again")).doesNotExist();
    }

    @Test
    void whatIsNoWholeBackupIsNotPutBack() throws Exception {
        does("The backup is complete", "backup", file.toString());
        Path cut = file.resolveSibling("cut.tidings");
        Path changed = file.resolveSibling("changed.tidings");
        Files.copy(file, cut);
        Files.copy(file, changed);
        try (var bytes = new RandomAccessFile(cut.toFile(), "rw")) {
            bytes.setLength(bytes.length() / 2);
        }
        try (var bytes = new RandomAccessFile(changed.toFile(), "rw")) {
            bytes.seek(bytes.length() / 2);
            bytes.write("nothing of this".getBytes(StandardCharsets.US_ASCII));
        }
        change("insert into mail.mailings values ('after')");

        refuses("is no backup, or not a whole one", "restore", cut.toString());
        refuses("is damaged", "restore", changed.toString());
        refuses(
                "is no backup",
                "restore",
                tidings.data().resolve("tidings.mv.db").toString());
        refuses("There is no file", "restore", file + ".nowhere");

        assertThat(titles()).containsExactlyInAnyOrder("before", "after");
        try (Stream<Path> files = Files.list(tidings.data())) {
            assertThat(files.map(one -> one.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(".restoring") || name.contains("before-restore"));
        }
    }

    /** Hashes in the ledgers would match nobody, and who had left would be written to. */
    @Test
    void withAnotherSecretNothingIsPutBackUnlessForced() throws Exception {
        does("The backup is complete", "backup", file.toString());
        tidings.with("tidings.secret", "QW5vdGhlciBzZWNyZXQgb2YgbW9yZSB0aGFuIDMyIGJ5dGVzLi4u");
        refuses("secret here is another one", "restore", file.toString());
        tidings.with("tidings.secret", "");
        refuses("This data folder has no secret", "restore", file.toString());

        does("was put back", "restore", file.toString(), "--force");
    }

    @Test
    void aBackupOverwritesNothingAndLeavesNothingHalfMade() throws Exception {
        Files.writeString(file, "something else");
        refuses("is there already", "backup", file.toString());
        assertThat(file).hasContent("something else");
        refuses(
                "There is no folder",
                "backup",
                file.resolveSibling("nowhere").resolve("one").toString());
        try (SmallDisk disk = SmallDisk.of(2, FOLDER.resolve("disk"))) {
            disk.fill();
            Ended full = tidings.command(
                    List.of("backup", disk.folder().resolve("one").toString()));
            assertThat(full.exit()).as(full.said()).isEqualTo(1);
            assertThat(full.said()).contains("No backup was made.").containsIgnoringCase("space");
            try (Stream<Path> files = Files.list(disk.folder())) {
                assertThat(files.map(one -> one.getFileName().toString())).containsExactly("filler");
            }
        }
    }

    @Test
    void saysWhatItIsAskedForWrongly() {
        refuses("There is no command \"bakcup\"", "bakcup");
        refuses("\"backup\" wants one file", "backup");
        refuses("\"restore\" wants one file", "restore", "one", "two");
        does("java -jar tidings.jar restore FILE [--force]", "--help");
        tidings.with("tidings.db.url", "jdbc:postgresql://127.0.0.1:1/nowhere")
                .with("tidings.db.password", "canary-password");
        Ended unreachable = tidings.command(List.of("backup", file.toString()));
        assertThat(unreachable.exit()).isEqualTo(1);
        assertThat(unreachable.said())
                .contains("The database cannot be reached", "tidings.db.url")
                .doesNotContain("canary-password");
        assertThat(file).doesNotExist();
    }

    @Test
    void aBackupOfOneDatabaseIsNotPutIntoAnother() {
        does("The backup is complete", "backup", file.toString());
        tidings.with("tidings.db.url", "jdbc:postgresql://127.0.0.1:1/nowhere");

        refuses("is a backup of H2, and this site is set up for PostgreSQL", "restore", file.toString());
    }
}
