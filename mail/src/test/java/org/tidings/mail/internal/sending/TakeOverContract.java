package org.tidings.mail.internal.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.site.Transactions;

/** When a node elsewhere, whose journal cannot be read, is taken for dead; on each database. */
abstract class TakeOverContract {

    private static final Duration SILENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final NodesUnderTest nodes = new NodesUnderTest(freshDatabase());
    private final UUID elsewhere = UUID.randomUUID();
    private UUID letter;

    @SuppressWarnings("NullAway.Init") // set before each test
    TakeOverContract() {}

    abstract TestDatabase freshDatabase();

    /** A node on another machine has reserved a letter, and has been silent for long. */
    @BeforeEach
    void reserveElsewhere() {
        letter = nodes.database.call(() -> nodes.letters()
                .post(new Letter(
                        MailKind.ACCOUNT_NOTICE,
                        "a-test",
                        "reader",
                        UUID.randomUUID(),
                        EmailAddress.parse("reader@example.org"),
                        "Reader",
                        "A letter",
                        MailBody.in(Locale.ENGLISH).heading("Hello").build(),
                        Map.of(),
                        EngineUnderTest.now().plusHours(1),
                        Optional.empty())));
        nodes.sql.update("update mail.letters set node = ? where id = ?", elsewhere, letter);
        nodes.sql.update(
                "insert into mail.nodes (id, host, folder, seen_at) values (?, 'another-machine', '/nowhere', ?)",
                elsewhere,
                EngineUnderTest.now().minus(SILENCE).minusSeconds(1));
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private boolean isTheirs() {
        return nodes.sql.number("select count(*) from mail.nodes where id = ?", elsewhere) == 1
                && nodes.sql.number("select count(*) from mail.letters where node = ?", elsewhere) == 1;
    }

    private void look(TakeOver takeOver) {
        takeOver.fromTheDead(UUID.randomUUID(), folder);
    }

    @Test
    void whatASilentNodeHadReservedIsDoubtfulAndGoesAgain() {
        look(nodes.takeOver(nodes.transactions, SILENCE, () -> false));

        assertThat(isTheirs()).isFalse();
        assertThat(nodes.sql.number(
                        "select count(*) from mail.letters where id = ? and node is null and ever_doubtful and next_try is not null",
                        letter))
                .isEqualTo(1);
    }

    @Test
    void aNodeThatIsNotSilentForLongKeepsWhatItHas() {
        look(nodes.takeOver(nodes.transactions, SILENCE.plusMinutes(1), () -> false));

        assertThat(isTheirs()).isTrue();
    }

    /** The database was away: the others could not say that they live, as little as this node could. */
    @Test
    void afterAnOutageOfTheDatabaseNobodyIsTakenForDeadAtOnce() {
        look(nodes.takeOver(nodes.transactions, SILENCE, () -> true));

        assertThat(isTheirs()).isTrue();
    }

    /** Whether a node lives is told by one clock, the database's. */
    @Test
    void machinesWhoseClocksDifferDoNotTakeEachOtherForDead(@TempDir Path folders) {
        Membership behind = nodes.off(Duration.ofHours(-1)).join(folders.resolve("behind"), System::nanoTime);
        NodesUnderTest ahead = nodes.off(Duration.ofHours(1));
        Membership self = ahead.join(folders.resolve("ahead"), System::nanoTime);
        UUID living = behind.node().id();
        behind.beat();

        ahead.takeOver(nodes.transactions, SILENCE, () -> false)
                .fromTheDead(self.node().id(), self.folder());

        assertThat(nodes.sql.number("select count(*) from mail.nodes where id = ?", living))
                .isEqualTo(1);
        assertThat(isTheirs()).as("who is silent is dead all the same").isFalse();
        assertThat(self.countNodes()).isEqualTo(2);
        assertThat(behind.countNodes()).isEqualTo(2);
        behind.leave(true);
        self.leave(true);
    }

    @Test
    void whatCannotBeTakenOverKeepsNobodyElseWaiting() {
        UUID unreadable = UUID.randomUUID();
        nodes.sql.update(
                "insert into mail.nodes (id, host, folder, seen_at) values (?, 'a-third-machine', '/nowhere', ?)",
                unreadable,
                EngineUnderTest.now().minus(SILENCE).minusHours(1));
        nodes.sql.update(
                "insert into mail.claims (id, mailing, node, is_retry, claimed_at) values (?, 4711, ?, false, ?)",
                UUID.randomUUID(),
                unreadable,
                EngineUnderTest.now());
        TakeOver takeOver = nodes.takeOver(nodes.transactions, SILENCE, () -> false);

        assertThatThrownBy(() -> look(takeOver)).isInstanceOf(NoSuchElementException.class);

        assertThat(isTheirs()).isFalse();
    }

    @Test
    void whoIsHeardOfAtTheLastMomentIsNotTakenOver() {
        Transactions afterASignOfLife = new Transactions() {
            @Override
            public <T> T call(Callable<T> work) {
                nodes.sql.update("update mail.nodes set seen_at = ? where id = ?", EngineUnderTest.now(), elsewhere);
                return nodes.transactions.call(work);
            }
        };

        look(nodes.takeOver(afterASignOfLife, SILENCE, () -> false));

        assertThat(isTheirs()).isTrue();
    }
}
