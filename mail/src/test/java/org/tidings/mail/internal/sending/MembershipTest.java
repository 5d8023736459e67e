package org.tidings.mail.internal.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.mail.MailKind;
import org.tidings.mail.internal.composing.Work;
import org.tidings.mail.internal.machine.Disk;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.outcomes.Outcome;
import org.tidings.mail.internal.outcomes.Reply;
import org.tidings.mail.internal.tables.Sql;
import org.tidings.mail.testing.TestDatabase;

/** What a node leaves behind when it goes, or when the others took it for dead. */
class MembershipTest {

    @TempDir
    private Path folder;

    private final NodesUnderTest nodes = new NodesUnderTest(TestDatabase.h2("mail"));
    private final Sql sql = nodes.sql;
    private final AtomicLong nanos = new AtomicLong(System.nanoTime());

    @SuppressWarnings("NullAway.Init") // set by JUnit
    MembershipTest() {}

    @AfterEach
    void close() {
        nodes.close();
    }

    private Membership joined() {
        return nodes.join(folder, nanos::get);
    }

    private long listed(UUID node) {
        return sql.number("select count(*) from mail.nodes where id = ?", node);
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void reserve(UUID node) {
        sql.update(
                "insert into mail.claims (id, mailing, node, is_retry, claimed_at) values (?, 1, ?, true, current_timestamp)",
                UUID.randomUUID(),
                node);
    }

    @Test
    void whoHasNothingReservedSignsOffAndLeavesNoFiles() {
        Membership node = joined();
        UUID id = node.node().id();

        node.leave(true);

        assertThat(listed(id)).isZero();
        assertThat(files()).isEmpty();
    }

    @Test
    void whoHasSomethingReservedLeavesItsJournalForTheNextStart() {
        Membership node = joined();
        UUID id = node.node().id();
        reserve(id);

        node.leave(true);

        assertThat(listed(id)).isEqualTo(1);
        try (Journal.Legacy left = Journal.legacyOf(folder, id, Disk.REAL).orElseThrow()) {
            assertThat(left.complete()).as("it is known that nothing was begun").isTrue();
        }
    }

    @Test
    void whileSomethingMayStillBeReservedTheNodeStaysListed() {
        Membership node = joined();
        UUID id = node.node().id();

        node.leave(false);

        assertThat(listed(id)).isEqualTo(1);
        assertThat(Journal.legacyOf(folder, id, Disk.REAL)).isPresent().get().satisfies(Journal.Legacy::close);
    }

    @Test
    void whoBeginsAnewClosesItsOldJournal() {
        Membership node = joined();
        UUID before = node.node().id();
        node.node().journal().begin(UUID.randomUUID(), UUID.randomUUID());

        node.rejoin();

        UUID now = node.node().id();
        assertThat(now).isNotEqualTo(before);
        assertThat(files()).hasSize(2).allMatch(name -> name.contains(now.toString()));
        node.leave(true);
    }

    @Test
    void whoCannotSignOnLeavesNoFiles() {
        sql.update("alter table mail.nodes rename to away");

        assertThatThrownBy(this::joined).isInstanceOf(Sql.DatabaseFailed.class);

        assertThat(files()).isEmpty();
    }

    /** Killed between the commit that took its row away and the removal of the files. */
    @Test
    void filesOfADeadNodeThatNobodyKnowsAnyMoreAreTidiedAway() {
        Membership dead = joined();
        sql.update("delete from mail.nodes where id = ?", dead.node().id());
        dead.leave(false);
        Membership living = joined();

        nodes.takeOver(nodes.transactions, Duration.ofMinutes(5), () -> false)
                .fromTheDead(living.node().id(), folder);

        assertThat(files())
                .hasSize(2)
                .allMatch(name -> name.contains(living.node().id().toString()));
        living.leave(true);
    }

    @Test
    void filesOfALivingNodeStayThoughNobodyKnowsIt() {
        Membership given = joined();
        sql.update("delete from mail.nodes where id = ?", given.node().id());
        Membership other = joined();

        nodes.takeOver(nodes.transactions, Duration.ofMinutes(5), () -> false)
                .fromTheDead(other.node().id(), folder);

        assertThat(files()).hasSize(4);
        given.leave(false);
        other.leave(true);
    }

    @Test
    void whoHasLeftDoesNotBeginAnew() {
        Membership node = joined();
        node.leave(true);

        node.rejoin();

        assertThat(sql.number("select count(*) from mail.nodes")).isZero();
        assertThat(files()).isEmpty();
    }

    @Test
    void remembersForAWhileThatTheDatabaseWasOutOfReach() {
        Membership node = joined();
        node.beat();
        assertThat(node.wasAway(Duration.ofMinutes(1))).isFalse();

        nanos.addAndGet(Duration.ofSeconds(25).toNanos());
        assertThat(node.isFresh()).isFalse();
        node.beat();

        assertThat(node.isFresh()).isTrue();
        assertThat(node.wasAway(Duration.ofMinutes(1))).isTrue();
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        assertThat(node.wasAway(Duration.ofMinutes(1))).isFalse();
        node.leave(true);
    }

    /** With the database gone nobody takes outcomes out of the queue; the end comes all the same. */
    @Test
    void atTheEndADatabaseThatIsGoneIsNotWaitedForForEver() {
        Membership node = joined();
        Lifetime lifetime = new Lifetime(Machine.REAL);
        Recording recording =
                new Recording(node, lifetime, new Happenings(Machine.REAL, (reason, said) -> {}), Machine.REAL, 300);
        lifetime.stop();
        long begun = System.nanoTime();

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 6_000; i++) {
                recording.add(anOutcome(node.node().id()));
            }
        });

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("an orderly end takes its time")
                .isGreaterThan(Duration.ofMillis(300));
        node.leave(false);
    }

    private static Outcome anOutcome(UUID node) {
        UUID letter = UUID.randomUUID();
        Work.Claim claim =
                new Work.Claim(UUID.randomUUID(), node, null, false, OffsetDateTime.parse("2026-11-22T12:00:00Z"));
        Work.LetterSource source = new Work.LetterSource(
                MailKind.ACCOUNT_NOTICE,
                "reader",
                letter,
                org.tidings.mail.EmailAddress.parse("reader@example.org"),
                EngineUnderTest.now(),
                new byte[0]);
        return new Outcome(
                Work.letter(claim, letter, source, 0, false, 0),
                Outcome.Kind.PUT_BACK,
                null,
                new Reply(Reply.Kind.NOT_BEGUN, ""),
                "",
                EngineUnderTest.now(),
                EngineUnderTest.now());
    }
}
