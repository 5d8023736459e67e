package org.tidings.mail.internal.generations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingState;
import org.tidings.mail.PersonState;
import org.tidings.mail.RestoredDatabase.Cause;
import org.tidings.mail.RestoredDatabase.Noticed;
import org.tidings.mail.internal.sending.EngineUnderTest;
import org.tidings.mail.internal.sending.FakeAudience;
import org.tidings.mail.internal.sending.NodesUnderTest;
import org.tidings.mail.internal.settings.TestSettings;
import org.tidings.mail.testing.RecordingSmtpServer;
import org.tidings.mail.testing.TestDatabase;

/** An older database under a data folder that remembers more is noticed, and nothing of before goes on by itself; on each database. */
@Timeout(120)
abstract class GenerationsContract {

    @TempDir
    private Path folder;

    @TempDir
    private Path otherFolder;

    private final NodesUnderTest nodes = new NodesUnderTest(freshDatabase());

    abstract TestDatabase freshDatabase();

    @AfterEach
    void close() {
        nodes.close();
    }

    private Generations startedIn(Path data) {
        Generations node = new Generations(
                nodes.sql,
                nodes.transactions,
                Clock.systemUTC(),
                new FolderMemory(data.resolve(FolderMemory.FILE)),
                new Standstill(nodes.sql));
        node.signOfLife();
        return node;
    }

    /** What a backup has of it. */
    private final class Backup {
        private final List<Object[]> generations = nodes.sql.list(
                "select number, site, began_at, cause, settled_at from mail.generations", row -> columns(row, 5));
        private final List<Object[]> folders =
                nodes.sql.list("select id, beats, at from mail.data_folders", row -> columns(row, 3));

        private static Object[] columns(java.sql.ResultSet row, int n) throws java.sql.SQLException {
            Object[] values = new Object[n];
            for (int i = 0; i < n; i++) {
                values[i] = row.getObject(i + 1);
            }
            return values;
        }

        void putBack() {
            nodes.database.inTransaction(() -> {
                nodes.sql.update("delete from mail.generations");
                nodes.sql.update("delete from mail.data_folders");
                generations.forEach(row -> nodes.sql.update(
                        "insert into mail.generations (number, site, began_at, cause, settled_at) values (?, ?, ?, ?, ?)",
                        row));
                folders.forEach(
                        row -> nodes.sql.update("insert into mail.data_folders (id, beats, at) values (?, ?, ?)", row));
            });
        }
    }

    @Test
    void aNewSiteAndANewNodeAskNothing() {
        Generations first = startedIn(folder);
        Generations second = startedIn(otherFolder);
        first.signOfLife();
        second.signOfLife();

        assertThat(first.noticed()).isEmpty();
        assertThat(second.noticed()).isEmpty();
        assertThat(List.of(first.generation(), second.generation())).containsOnly(1);
    }

    @Test
    void aStartNoticesADatabaseThatIsOlderThanItsFolder() {
        startedIn(folder);
        Backup backup = new Backup();
        startedIn(folder);
        backup.putBack();

        Generations node = startedIn(folder);

        Noticed noticed = node.noticed().orElseThrow();
        assertThat(noticed.cause()).isEqualTo(Cause.OLDER);
        assertThat(noticed.databaseOf().orElseThrow())
                .isBefore(noticed.rememberedOf().orElseThrow());
        assertThat(node.generation()).isEqualTo(2);
        node.signOfLife();
        assertThat(startedIn(folder).generation()).as("noticed once").isEqualTo(2);
    }

    /** A standby that lacks the last transactions takes over under a running server. */
    @Test
    void aRunningNodeNoticesItToo() {
        Generations node = startedIn(folder);
        Backup backup = new Backup();
        node.signOfLife();
        backup.putBack();
        assertThat(node.noticed()).isEmpty();

        node.signOfLife();

        assertThat(node.noticed().map(Noticed::cause)).contains(Cause.OLDER);
        assertThat(node.generation()).isEqualTo(2);
    }

    @Test
    void aNodeThatWasAwayWhileOthersWentOnAsksNothing() {
        startedIn(folder);
        Generations other = startedIn(otherFolder);
        other.signOfLife();
        other.signOfLife();

        assertThat(startedIn(folder).noticed()).isEmpty();
    }

    @Test
    void whatOneNodeHasNoticedTheOthersNeedNotAskAbout() {
        Generations one = startedIn(folder);
        Generations other = startedIn(otherFolder);
        Backup backup = new Backup();
        one.signOfLife();
        other.signOfLife();
        backup.putBack();
        one.signOfLife();
        assertThat(nodes.database.call(one::goOn)).isZero();
        assertThat(one.noticed()).isEmpty();

        other.signOfLife();

        assertThat(other.noticed()).isEmpty();
        assertThat(startedIn(otherFolder).noticed()).isEmpty();
        assertThat(other.generation()).isEqualTo(2);
    }

    @Test
    void theSameBackupPutBackOnceMoreIsNoticedOnceMore() {
        Generations node = startedIn(folder);
        Backup backup = new Backup();
        node.signOfLife();
        backup.putBack();
        node.signOfLife();
        nodes.database.call(node::goOn);
        backup.putBack();

        Generations again = startedIn(folder);

        assertThat(again.noticed()).isPresent();
        assertThat(again.generation()).isEqualTo(3);
    }

    @Test
    void theDatabaseOfAnotherSiteIsNoticed() {
        startedIn(folder);
        nodes.sql.update("update mail.generations set site = ?", UUID.randomUUID());

        Generations node = startedIn(folder);

        assertThat(node.noticed().map(Noticed::cause)).contains(Cause.FOREIGN);
        assertThat(startedIn(folder).generation()).as("noticed once").isEqualTo(2);
    }

    /** The restore command leaves word, so that a folder which remembers nothing notices it as well. */
    @Test
    void aDatabaseThatSaysItWasPutBackIsNoticedByWhoeverStartsFirst() {
        startedIn(folder);
        nodes.sql.update("update mail.generations set put_back_at = ?", OffsetDateTime.parse("2026-11-29T10:00:00Z"));

        Generations elsewhere = startedIn(otherFolder);

        Noticed noticed = elsewhere.noticed().orElseThrow();
        assertThat(noticed.cause()).isEqualTo(Cause.PUT_BACK);
        assertThat(noticed.rememberedOf().map(OffsetDateTime::toInstant))
                .contains(OffsetDateTime.parse("2026-11-29T10:00:00Z").toInstant());
        nodes.database.call(elsewhere::goOn);
        assertThat(startedIn(folder).noticed()).isEmpty();
    }

    @Test
    void aFolderThatSaysSoNoticesItInADatabaseOfBefore() throws IOException {
        Files.writeString(folder.resolve(FolderMemory.FILE), "restored\n");

        assertThat(startedIn(folder).noticed().map(Noticed::cause)).contains(Cause.PUT_BACK);
        assertThat(startedIn(folder).generation()).as("noticed once").isEqualTo(2);
    }

    @Test
    void asksWhenItCannotTell() throws IOException {
        startedIn(folder);
        Files.writeString(folder.resolve(FolderMemory.FILE), "nothing that it ever wrote");

        assertThat(startedIn(folder).noticed()).isPresent();
        assertThat(startedIn(folder).generation()).as("noticed once").isEqualTo(2);
    }

    @Test
    void saysWhichFileItCannotUse() throws IOException {
        Path notAFile = Files.createDirectories(folder.resolve(FolderMemory.FILE));

        assertThatThrownBy(() -> startedIn(folder))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot be read: " + notAFile.toAbsolutePath());
    }

    @Test
    void nothingOfBeforeGoesOnUntilSomebodySaysSo() {
        FakeAudience people = new FakeAudience();
        people.addMany(20);
        UUID early = people.add("early@example.org", PersonState.SUBSCRIBED);
        UUID late = people.add("late@example.org", PersonState.SUBSCRIBED);
        try (RecordingSmtpServer server = RecordingSmtpServer.started()) {
            TestSettings settings = TestSettings.acme().with("tidings.smtp.url", server.url());
            server.stop();
            MailingId running;
            MailingId pausedByStaff;
            try (EngineUnderTest before = EngineUnderTest.started(nodes.database, people, settings, folder)) {
                running = before.start(MailKind.NEWSLETTER_ISSUE);
                pausedByStaff = before.start(MailKind.NEWSLETTER_ISSUE);
                before.mailings.pause(pausedByStaff);
                before.post(MailKind.ACCOUNT_NOTICE, early);
            }
            startedIn(folder);
            nodes.sql.update("update mail.generations set put_back_at = current_timestamp");
            Generations node = startedIn(folder);
            server.start();

            try (EngineUnderTest after = EngineUnderTest.started(nodes.database, people, settings, folder)) {
                after.post(MailKind.ACCOUNT_NOTICE, late);
                EngineUnderTest.await(() -> server.mails().size() == 1, () -> "the mail of now");
                assertThat(server.mails())
                        .extracting(RecordingSmtpServer.Mail::to)
                        .containsExactly("late@example.org");
                assertThat(node.noticed().map(Noticed::mailings)).contains(1L);
                assertThat(after.figures.stopped(running).orElseThrow().afterRestore())
                        .isTrue();
                assertThat(after.figures.stopped(pausedByStaff)).isEmpty();

                assertThat(nodes.database.call(node::goOn)).isEqualTo(1);

                assertThat(after.awaitFinished(running).sent()).isEqualTo(22);
                EngineUnderTest.await(() -> server.mails().size() == 24, () -> "the letter of before too");
                assertThat(after.progress(pausedByStaff).state()).isEqualTo(MailingState.PAUSED);
                assertThat(node.noticed()).isEmpty();
                assertThat(nodes.database.call(node::goOn))
                        .as("nothing left to decide")
                        .isZero();
            }
        }
    }
}
