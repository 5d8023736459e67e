package org.tidings.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tidings.accounts.AccountDeactivated;
import org.tidings.accounts.AccountErased;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountState;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.Closing;
import org.tidings.accounts.ErasureRequests;
import org.tidings.accounts.Erasures;
import org.tidings.accounts.ErasuresRepeated;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.mail.testing.TestDatabase;

/** Who was erased or has left stays so, whichever backup is put back. */
abstract class RestoredAccountsContract extends AccountsContract {

    RestoredAccountsContract(TestDatabase database) {
        super(database);
    }

    /** In the backup it waits; it may have been stopped since. */
    @Test
    void whatABackupBroughtBackIsErasedOnlyAfterSomebodyLooked_REVH3() {
        AccountId officer = anOfficer("officer@example.org");
        AccountId ada = world.anAccount(ADA);
        ErasureRequests erasures = world.the(ErasureRequests.class);
        var asked = erasures.ask(officer, ada, "Asked by letter");
        world.clock.advance(Duration.ofDays(2));

        world.restored.putBack(world.clock.now());
        world.tidy();
        world.restored.goOn();
        world.tidy();
        assertThat(world.the(Accounts.class).find(ada)).isPresent();
        assertThat(erasures.newestOf(ada).orElseThrow().state()).isEqualTo(ErasureRequests.State.UNCONFIRMED);
        erasures.confirm(new AccountId(UUID.randomUUID()), asked.id());
        world.tidy();

        assertThat(world.the(Accounts.class).find(ada)).isEmpty();
    }

    /** docs/operating.md, "After an abuse": a mark before the line, and a backup of before. */
    @Test
    void aLineThatWasStruckFromTheLedgerIsNotRepeated_REVH3() throws Exception {
        AccountId victim = world.anAccount(ADA);
        AccountId bob = world.anAccount("bob@example.org");
        sql("create table accounts.backup as select * from accounts.account");
        world.startAgain();
        world.clock.advance(Duration.ofMinutes(1));
        AccountId officer = anOfficer("officer@example.org");
        world.the(ErasureRequests.class).ask(officer, victim, "An abuse");
        world.clock.advance(Duration.ofDays(2));
        world.tidy();
        world.the(Closing.class).erase(bob);
        world.bean(ErasureLedger.class).repeatAndCopy();
        Path ledger = world.dataFolder.resolve(ErasureLedger.FILE);
        Files.writeString(
                ledger,
                Files.readAllLines(ledger).stream()
                        .map(line -> line.contains(" ON_REQUEST ") ? "# " + line : line)
                        .collect(java.util.stream.Collectors.joining("\n")));
        sql("delete from accounts.erasure");
        sql("delete from accounts.erasure_request");
        sql("delete from accounts.account");
        sql("insert into accounts.account select * from accounts.backup");
        sql("drop table accounts.backup");

        world.startAgain();
        world.startAgain();

        assertThat(world.the(Accounts.class).find(victim)).as("struck").isPresent();
        assertThat(world.the(Accounts.class).find(bob)).as("erased by himself").isEmpty();
        assertThat(count("select count(*) from accounts.erasure")).isEqualTo(1);
    }

    /** A backup taken before the erasures is restored: the rows are put back as they were, the ledger's file stays. */
    @Test
    void repeatsErasuresAfterABackupWasRestored_SEC63() throws Exception {
        AccountId ada = world.anAccount(ADA);
        AccountId moved = world.anAccount("former@example.org");
        AccountId bob = world.anAccount("bob@example.org");
        sql("create table accounts.backup as select * from accounts.account");
        world.startAgain();
        world.clock.advance(Duration.ofMinutes(1));
        world.database.inTransaction(
                () -> world.bean(People.class).existing(moved).move(EmailAddress.parse("latter@example.org")));
        world.the(Closing.class).erase(ada);
        world.the(Closing.class).erase(moved);
        world.database.inTransaction(
                () -> world.the(Erasures.class).visitorErased(EmailAddress.parse("eve@example.org")));
        world.bean(ErasureLedger.class).repeatAndCopy();
        world.clock.advance(Duration.ofHours(3));

        sql("delete from accounts.erasure");
        sql("delete from accounts.account");
        sql("insert into accounts.account select * from accounts.backup");
        sql("drop table accounts.backup");
        world.events.clear();
        int letters = world.outbox.letters().size();
        world.startAgain();

        assertThat(world.the(Accounts.class).find(ada)).isEmpty();
        assertThat(world.the(Accounts.class).find(moved))
                .as("found by the account")
                .isEmpty();
        assertThat(world.the(Accounts.class).find(bob)).isPresent();
        assertThat(world.events(AccountErased.class))
                .extracting(AccountErased::account)
                .containsExactlyInAnyOrder(ada, moved);
        assertThat(world.outbox.letters()).as("no second receipt").hasSize(letters);
        assertThat(count("select count(*) from accounts.erasure")).isEqualTo(3);
        var erased = world.events(ErasuresRepeated.class).get(0).erased();
        assertThat(erased.test(
                        EmailAddress.parse("eve@example.org"), world.clock.now().minusHours(4)))
                .isTrue();
        assertThat(erased.test(EmailAddress.parse("eve@example.org"), world.clock.now()))
                .isFalse();
        assertThat(erased.test(
                        EmailAddress.parse("bob@example.org"), world.clock.now().minusHours(4)))
                .isFalse();
        assertThat(Files.readString(world.dataFolder.resolve(ErasureLedger.FILE)))
                .hasLineCount(4) // the first is empty
                .doesNotContain("ada@", "example.org", ada.value().toString());
    }

    @Test
    void leavesAloneWhoCameBackAfterTheErasure_SEC63() throws Exception {
        world.the(Closing.class).erase(world.anAccount(ADA));
        world.startAgain();
        world.clock.advance(Duration.ofMinutes(1));
        AccountId again = world.anAccount(ADA);
        sql("delete from accounts.erasure");

        world.startAgain();

        assertThat(world.the(Accounts.class).find(again)).isPresent();
        assertThat(count("select count(*) from accounts.erasure")).isEqualTo(1);
    }

    /** A standby that lacks the last transactions takes over under a running server. */
    @Test
    void repeatsErasuresWhenAnotherDatabaseTakesOver_SEC63() throws Exception {
        AccountId ada = world.anAccount(ADA);
        sql("create table accounts.backup as select * from accounts.account");
        world.startAgain();
        world.clock.advance(Duration.ofMinutes(1));
        world.the(Closing.class).erase(ada);
        world.bean(ErasureLedger.class).repeatAndCopy();
        sql("delete from accounts.erasure");
        sql("insert into accounts.account select * from accounts.backup");
        sql("drop table accounts.backup");
        world.bean(ErasureLedger.class).repeatAndCopy();
        assertThat(world.the(Accounts.class).find(ada)).as("nobody has noticed").isPresent();

        world.restored.putBack(world.clock.now());
        world.bean(ErasureLedger.class).repeatAndCopy();

        assertThat(world.the(Accounts.class).find(ada)).isEmpty();
    }

    /** P5, after a backup that knows nothing of it: whoever closed her account is not written to, and who came back is back. */
    @Test
    void repeatsDeactivationsAndReactivationsAfterABackupWasRestored() throws Exception {
        AccountId gone = world.anAccount(ADA);
        AccountId back = world.anAccount("bob@example.org");
        AccountId there = world.anAccount("eve@example.org");
        world.the(Closing.class).deactivate(back);
        world.startAgain();
        backUp("account", "closing");
        world.clock.advance(Duration.ofHours(1));
        OffsetDateTime eraseOn = world.the(Closing.class).deactivate(gone);
        reactivate("bob@example.org");
        world.the(Closing.class).deactivate(there);
        reactivate("eve@example.org");
        world.bean(ClosingLedger.class).repeatAndCopy();
        world.clock.advance(Duration.ofHours(3));

        putBack("account", "closing");
        world.events.clear();
        int letters = world.outbox.letters().size();
        EmailAddress bob = EmailAddress.parse("bob@example.org");
        world.suppressed.suppress(bob, SuppressedAddresses.Reason.HARD_BOUNCED); // since, and repeated before
        world.startAgain();

        AccountView closed = world.the(Accounts.class).find(gone).orElseThrow();
        assertThat(closed.state()).isEqualTo(AccountState.DEACTIVATED);
        assertThat(closed.erasedOn()).as("as she was told").contains(eraseOn);
        assertThat(world.the(Accounts.class).find(back).orElseThrow().state()).isEqualTo(AccountState.ACTIVE);
        assertThat(world.the(Accounts.class).find(there).orElseThrow().state()).isEqualTo(AccountState.ACTIVE);
        assertThat(world.events(AccountDeactivated.class))
                .extracting(AccountDeactivated::account)
                .containsExactly(gone);
        assertThat(world.outbox.letters()).as("no second receipt").hasSize(letters);
        assertThat(world.suppressed.against(bob)).containsExactly(SuppressedAddresses.Reason.HARD_BOUNCED);
        assertThat(count("select count(*) from accounts.closing")).isEqualTo(5);
        world.startAgain();
        assertThat(world.events(AccountDeactivated.class)).as("once").hasSize(1);
        assertThat(Files.readString(world.dataFolder.resolve(ClosingLedger.FILE)))
                .hasLineCount(6) // the first is empty
                .doesNotContain("ada@", "example.org", gone.value().toString());
    }

    @Test
    void whoComesBackAfterTheRestoreStaysOpen() throws Exception {
        AccountId ada = world.anAccount(ADA);
        backUp("account", "closing");
        world.the(Closing.class).deactivate(ada);
        world.startAgain();
        putBack("account", "closing");
        world.startAgain();
        world.clock.advance(Duration.ofHours(1));
        reactivate(ADA);
        sql("delete from accounts.closing where closed"); // as where another node has another file

        world.startAgain();

        assertThat(world.the(Accounts.class).find(ada).orElseThrow().state()).isEqualTo(AccountState.ACTIVE);
    }

    private void backUp(String... tables) throws SQLException {
        for (String table : tables) {
            sql("create table accounts.backup_" + table + " as select * from accounts." + table);
        }
    }

    private void putBack(String... tables) throws SQLException {
        for (String table : tables) {
            sql("delete from accounts." + table);
            sql("insert into accounts." + table + " select * from accounts.backup_" + table);
            sql("drop table accounts.backup_" + table);
        }
    }
}
