package org.tidings.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tidings.accounts.AccountDeactivated;
import org.tidings.accounts.AccountErased;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountReactivated;
import org.tidings.accounts.AccountRecords;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.AddressChanges;
import org.tidings.accounts.AuditLog;
import org.tidings.accounts.Closing;
import org.tidings.accounts.ContactWishes;
import org.tidings.accounts.ErasureRequests;
import org.tidings.accounts.LinkNotValid;
import org.tidings.accounts.PasswordWrong;
import org.tidings.accounts.Profiles;
import org.tidings.accounts.Role;
import org.tidings.accounts.SecondPersonNeeded;
import org.tidings.accounts.Sessions;
import org.tidings.accounts.SignIn;
import org.tidings.accounts.Staff;
import org.tidings.accounts.StaffMustLeaveFirst;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.mail.PersonState;
import org.tidings.mail.testing.TestDatabase;

/** Deactivation, coming back, erasure. */
abstract class LeavingContract extends AccountsContract {

    LeavingContract(TestDatabase database) {
        super(database);
    }

    @Test
    void deactivationStopsEverythingAtOnce() {
        AccountId account = world.anAccount(ADA);
        SignIn.SignedIn session = world.signedIn(ADA);
        AccountStanding standing = world.bean(AccountStanding.class);

        world.the(Closing.class).deactivate(account);

        assertThat(world.the(Sessions.class).resolve(session.token())).isEmpty();
        assertThat(standing.statesOf(List.of(account.value())))
                .containsExactly(Map.entry(account.value(), PersonState.DEACTIVATED));
        assertThat(world.outbox.newest().kind()).isEqualTo(MailKind.ACCOUNT_RECEIPT);
        assertThat(world.events(AccountDeactivated.class)).hasSize(1);
        assertThat(world.the(Accounts.class).countActive()).isZero();
    }

    @Test
    void comesBackWithPasswordAndMailboxWithinTheWindow() {
        AccountId account = world.anAccount(ADA);
        Closing closing = world.the(Closing.class);
        closing.deactivate(account);
        world.clock.advance(Duration.ofDays(29));
        closing.requestReactivation(EmailAddress.parse(ADA), Locale.ENGLISH, AccountsWorld.CLIENT);
        world.answerRequests();
        String token = world.newestToken();

        assertThatThrownBy(() -> closing.reactivate(token, "wrong wrong wrong", AccountsWorld.CLIENT))
                .isInstanceOf(PasswordWrong.class);
        closing.reactivate(token, AccountsWorld.PASSWORD, AccountsWorld.CLIENT);

        assertThat(world.events(AccountReactivated.class)).hasSize(1);
        world.clock.advance(Duration.ofDays(30));
        world.tidy();
        assertThat(world.the(Accounts.class).find(account)).isPresent();
    }

    @Test
    void erasesWhenTheWindowIsOver() {
        AccountId account = world.anAccount(ADA);
        world.the(Closing.class).deactivate(account);

        world.clock.advance(Duration.ofDays(30).minusSeconds(1));
        world.tidy();
        assertThat(world.the(Accounts.class).find(account)).isPresent();
        world.clock.advance(Duration.ofSeconds(1));
        world.tidy();

        assertThat(world.the(Accounts.class).find(account)).isEmpty();
        assertThat(world.events(AccountErased.class)).hasSize(1);
    }

    @Test
    void erasureLeavesNoPersonalValue() throws SQLException {
        AccountId root = world.anAdministrator("root@example.org", Role.PRIVACY_OFFICER);
        String canary = "Zwiebelkuchen";
        AccountId account = world.anAccount(canary + "@example.org", canary);
        world.the(Profiles.class)
                .correct(
                        account,
                        canary,
                        Locale.ENGLISH,
                        new ContactWishes(true, true, "+49 30 987654321"),
                        Optional.of(ZoneId.of("Pacific/Chatham")));
        world.signedIn(canary + "@example.org");
        world.the(AddressChanges.class)
                .request(account, EmailAddress.parse(canary + "2@example.org"), AccountsWorld.CLIENT);
        world.the(AccountRecords.class).open(root, account, "asked by " + canary);
        world.requested(canary + "@example.org");
        assertThat(dump()).containsIgnoringCase(canary).contains("987654321", "Chatham");

        world.the(Closing.class).erase(account);

        assertThat(dump()).doesNotContainIgnoringCase(canary).doesNotContain("987654321", "Chatham");
        assertThat(world.outbox.lettersTo(canary.toLowerCase(Locale.ROOT) + "@example.org"))
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.kind()).isEqualTo(MailKind.LAST_RECEIPT));
        assertThat(count("select count(*) from accounts.erasure")).isEqualTo(1);
        assertThat(world.bean(AccountStanding.class).statesOf(List.of(account.value())))
                .isEmpty();
    }

    @Test
    void erasureThatStaffAskForTakesEffectAfterHours_REVH3() {
        AccountId officer = anOfficer("officer@example.org");
        AccountId ada = world.anAccount(ADA);

        var asked = world.the(ErasureRequests.class).ask(officer, ada, "Asked by letter");
        var again = world.the(ErasureRequests.class).ask(officer, ada, "Asked once more");

        assertThat(again).as("one at most is open").isEqualTo(asked);
        assertThat(asked.state()).isEqualTo(ErasureRequests.State.WAITING);
        assertThat(asked.takesEffectAt()).isEqualTo(world.clock.now().plusHours(24));
        assertThat(world.outbox.lettersFor("erasure-asked"))
                .as("she is told at once, and once")
                .singleElement()
                .satisfies(letter -> assertThat(letter.slots().get("when")).isNotBlank());
        world.clock.advance(Duration.ofHours(24).minusSeconds(1));
        world.tidy();
        assertThat(world.the(Accounts.class).find(ada)).isPresent();
        world.clock.advance(Duration.ofSeconds(1));
        world.tidy();

        assertThat(world.the(Accounts.class).find(ada)).isEmpty();
        assertThat(world.the(ErasureRequests.class).newestOf(ada)).hasValueSatisfying(done -> {
            assertThat(done.state()).isEqualTo(ErasureRequests.State.DONE);
            assertThat(done.reason()).isEmpty();
        });
        assertThat(world.the(ErasureRequests.class).open()).isEmpty();
        assertThat(actionsOn(ada)).containsExactly("erase-account", "ask-for-erasure");
        assertThat(world.outbox.lettersFor("account-erased")).hasSize(1);
    }

    @Test
    void thePersonStopsTheErasureByTheLinkInHerMail_REVH3() {
        AccountId officer = anOfficer("officer@example.org");
        AccountId ada = world.anAccount(ADA);
        ErasureRequests erasures = world.the(ErasureRequests.class);
        erasures.ask(officer, ada, "Asked by letter");
        String token = world.newestToken();

        assertThat(erasures.find(token).account()).isEqualTo(ada);
        erasures.stop(token);

        world.clock.advance(Duration.ofDays(2));
        world.tidy();
        assertThat(world.the(Accounts.class).find(ada)).isPresent();
        assertThat(erasures.newestOf(ada).orElseThrow().state()).isEqualTo(ErasureRequests.State.STOPPED);
        assertThatThrownBy(() -> erasures.stop(token)).isInstanceOf(LinkNotValid.class);
        assertThat(actionsOn(ada)).containsExactly("stop-erasure", "ask-for-erasure");
    }

    @Test
    void anotherOfficerOrAnAdministratorStopsTheErasure_REVH3() {
        AccountId officer = anOfficer("officer@example.org");
        AccountId ada = world.anAccount(ADA);
        ErasureRequests erasures = world.the(ErasureRequests.class);
        var asked = erasures.ask(officer, ada, "Asked by letter");

        erasures.stop(new AccountId(UUID.randomUUID()), asked.id());
        erasures.stop(officer, asked.id());

        world.clock.advance(Duration.ofDays(2));
        world.tidy();
        assertThat(world.the(Accounts.class).find(ada)).isPresent();
        assertThat(world.outbox.lettersFor("erasure-stopped"))
                .as("told, and once")
                .hasSize(1);
        world.clock.advance(Duration.ofDays(30));
        world.tidy();
        assertThat(erasures.newestOf(ada)).as("forgotten after 30 days").isEmpty();
    }

    /** A stolen token meant to erase everybody gets no further than the number of a day. */
    @Test
    void manyErasuresADayNeedASecondOfficerEach_REVH3() {
        AccountId officer = anOfficer("officer@example.org");
        ErasureRequests erasures = world.the(ErasureRequests.class);
        List<ErasureRequests.ErasureRequest> asked = new ArrayList<>();
        for (int i = 0; i < AccountsWorld.ERASURES_PER_DAY + 2; i++) {
            asked.add(erasures.ask(officer, world.anAccount("member" + i + "@example.org"), "Asked by letter"));
        }
        var last = asked.get(asked.size() - 1);
        assertThat(asked)
                .filteredOn(one -> one.state() == ErasureRequests.State.UNCONFIRMED)
                .hasSize(2);

        assertThatThrownBy(() -> erasures.confirm(officer, last.id())).isInstanceOf(SecondPersonNeeded.class);
        erasures.confirm(new AccountId(UUID.randomUUID()), last.id());
        world.clock.advance(Duration.ofHours(25));
        world.tidy();

        assertThat(world.events(AccountErased.class)).hasSize(AccountsWorld.ERASURES_PER_DAY + 1);
        assertThat(erasures.open())
                .extracting(ErasureRequests.ErasureRequest::state)
                .containsExactly(ErasureRequests.State.UNCONFIRMED);
        assertThat(erasures.ask(officer, world.anAccount("tomorrow@example.org"), "Asked by letter")
                        .state())
                .isEqualTo(ErasureRequests.State.WAITING);
    }

    @Test
    void staffAreErasedOnlyAfterAnAdministratorTookTheirRoles_REVH3() {
        AccountId officer = anOfficer("officer@example.org");
        AccountId ada = world.anAccount(ADA);
        ErasureRequests erasures = world.the(ErasureRequests.class);
        assertThatThrownBy(() -> erasures.ask(officer, officer, "Asked by letter"))
                .isInstanceOf(StaffMustLeaveFirst.class);
        erasures.ask(officer, ada, "Asked by letter");
        world.database.inTransaction(() ->
                world.bean(StaffRoster.class).appoint(world.bean(People.class).existing(ada), Set.of(Role.EDITOR)));

        world.clock.advance(Duration.ofDays(2));
        world.tidy();
        assertThat(erasures.newestOf(ada).orElseThrow().state()).isEqualTo(ErasureRequests.State.WORKS_HERE);
        world.the(Staff.class).changeRoles(officer, ada, Set.of());
        world.tidy();

        assertThat(world.the(Accounts.class).find(ada)).isEmpty();
    }

    @Test
    void erasedAddressMayRegisterAgain() {
        world.the(Closing.class).erase(world.anAccount(ADA));

        assertThat(world.anAccount(ADA)).isNotNull();
    }

    /** Newest first. */
    private List<String> actionsOn(AccountId account) {
        return world.the(AuditLog.class).newest(Optional.of("account"), Optional.of(account.value()), 10).stream()
                .map(AuditLog.AuditEntry::action)
                .toList();
    }
}
