package org.tidings.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountRecords;
import org.tidings.accounts.AccountRecords.Disclosure;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.ApiTokens;
import org.tidings.accounts.AuditLog;
import org.tidings.accounts.Closing;
import org.tidings.accounts.Exports;
import org.tidings.accounts.LastAdministratorMustStay;
import org.tidings.accounts.LinkNotValid;
import org.tidings.accounts.ReasonMissing;
import org.tidings.accounts.Registrations;
import org.tidings.accounts.Role;
import org.tidings.accounts.Sessions;
import org.tidings.accounts.SignIn;
import org.tidings.accounts.Staff;
import org.tidings.mail.Addressee;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.mail.PersonState;
import org.tidings.mail.SkipReason;
import org.tidings.mail.testing.TestDatabase;

/** Who works for the site, what they and their programs may do, and what is on record of it. */
abstract class StaffContract extends AccountsContract {

    StaffContract(TestDatabase database) {
        super(database);
    }

    /** An invitation goes to somebody who is no account yet: a notice would not be sent. */
    @Test
    void anInvitationIsOfTheKindThatReachesSomebodyWithoutAnAccount() {
        AccountId root = world.anAdministrator("root@example.org");
        world.the(Staff.class).invite(root, EmailAddress.parse("bob@example.org"), Set.of(Role.EDITOR), Locale.ENGLISH);

        assertThat(world.outbox.newest()).satisfies(letter -> {
            assertThat(letter.kind()).isEqualTo(MailKind.REGISTRATION_CONFIRMATION);
            assertThat(world.bean(RegistrationStanding.class).statesOf(List.of(letter.person())))
                    .containsValue(PersonState.REGISTRATION);
        });
    }

    @Test
    void invitesNewPersonAndHolder() {
        AccountId root = world.anAdministrator("root@example.org");
        AccountId ada = world.anAccount(ADA);
        Staff staff = world.the(Staff.class);
        Registrations registrations = world.the(Registrations.class);

        staff.invite(root, EmailAddress.parse("bob@example.org"), Set.of(Role.EDITOR), Locale.ENGLISH);
        String toBob = world.newestToken();
        staff.invite(root, EmailAddress.parse(ADA), Set.of(Role.PUBLISHER, Role.ANNOUNCER), Locale.GERMAN);
        String toAda = world.newestToken();
        assertThat(staff.invitations()).hasSize(2);
        registrations.prove(toBob);
        AccountId bob =
                registrations.open(toBob, "Bob", AccountsWorld.PASSWORD, BY_MAIL, Locale.ENGLISH, Optional.empty());
        assertThat(registrations.prove(toAda).holder()).contains(ada);
        assertThat(world.the(Accounts.class).find(ada).orElseThrow().roles())
                .as("the mailbox alone makes nobody staff, REV-L9")
                .isEmpty();
        assertThatThrownBy(() -> registrations.accept(toAda, bob)).isInstanceOf(LinkNotValid.class);
        registrations.accept(toAda, ada);

        assertThat(world.the(Accounts.class).find(bob).orElseThrow().roles()).containsExactly(Role.EDITOR);
        assertThat(world.the(Accounts.class).find(ada).orElseThrow().roles())
                .containsExactlyInAnyOrder(Role.PUBLISHER, Role.ANNOUNCER);
        assertThat(staff.invitations()).isEmpty();
        assertThat(staff.members()).hasSize(3);
    }

    @Test
    void roleChangeHoldsAtOnceAndLastAdministratorStays() {
        AccountId root = world.anAdministrator("root@example.org", Role.EDITOR);
        SignIn.SignedIn session = world.signedIn("root@example.org");
        Staff staff = world.the(Staff.class);

        assertThatThrownBy(() -> staff.changeRoles(root, root, Set.of(Role.EDITOR)))
                .isInstanceOf(LastAdministratorMustStay.class);
        assertThatThrownBy(() -> world.the(Closing.class).deactivate(root))
                .isInstanceOf(LastAdministratorMustStay.class);
        assertThatThrownBy(() -> world.the(Closing.class).erase(root)).isInstanceOf(LastAdministratorMustStay.class);
        staff.changeRoles(root, root, Set.of(Role.ADMINISTRATOR));

        assertThat(world.the(Sessions.class).resolve(session.token())).isEmpty();
        assertThat(world.the(AuditLog.class).newest(Optional.of("account"), Optional.of(root.value()), 10))
                .extracting(AuditLog.AuditEntry::action)
                .containsExactly("change-roles", "first-administrator");
    }

    @Test
    void apiTokenWorksWhileItsHolderHasTheRole() {
        AccountId root = world.anAdministrator("root@example.org", Role.PUBLISHER);
        ApiTokens tokens = world.the(ApiTokens.class);
        String token = tokens.create(
                root,
                "import",
                Set.of(ApiTokens.Scope.SUBSCRIBERS),
                world.clock.now().plusDays(90),
                AccountsWorld.CLIENT);

        assertThat(token).startsWith("tdg_").hasSize(47);
        assertThat(tokens.resolve(token).orElseThrow().scopes()).containsExactly(ApiTokens.Scope.SUBSCRIBERS);
        world.clock.advance(Duration.ofDays(90));
        assertThat(tokens.resolve(token)).as("expired").isEmpty();
        String second = tokens.create(
                root,
                "again",
                Set.of(ApiTokens.Scope.SUBSCRIBERS),
                world.clock.now().plusDays(90),
                AccountsWorld.CLIENT);
        tokens.revoke(root, tokens.of(root).get(1).id());
        assertThat(tokens.resolve(second)).as("revoked").isEmpty();
        assertThatThrownBy(() -> tokens.create(
                        root,
                        "x",
                        Set.of(ApiTokens.Scope.ACCOUNTS),
                        world.clock.now().plusDays(1),
                        AccountsWorld.CLIENT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readingRecordIsShownToThePerson() {
        AccountId root = world.anAdministrator("root@example.org", Role.PRIVACY_OFFICER);
        AccountId ada = world.anAccount(ADA);
        AccountRecords records = world.the(AccountRecords.class);

        assertThatThrownBy(() -> records.open(root, ada, " ")).isInstanceOf(ReasonMissing.class);
        records.open(root, ada, "Answer to a data request");

        assertThat(records.readingsOf(ada)).singleElement().satisfies(reading -> {
            assertThat(reading.what()).isEqualTo("opened");
            assertThat(reading.reason()).isEqualTo("Answer to a data request");
        });
        assertThat(records.search(root, "ADA@", Optional.empty(), 10)).hasSize(1);
        assertThat(records.search(root, "a_a@", Optional.empty(), 10)).isEmpty();
        assertThat(records.search(root, "' or 1=1 --", Optional.empty(), 10)).isEmpty();
        assertThat(records.search(root, " <ADA@example.org>\u200b", Optional.empty(), 10))
                .as("as it is pasted (REP-25)")
                .isEqualTo(records.search(root, "ada@example.org", Optional.empty(), 10));
        assertThat(records.search(root, "ÜNBEKANNT", Optional.empty(), 10)).isEmpty();
    }

    @Test
    void openingSubscriptionsIsShownOnceAnHour_SEC51() {
        AccountId ada = world.anAccount(ADA);
        AccountRecords records = world.the(AccountRecords.class);

        records.subscriptionsOpened(ada);
        records.subscriptionsOpened(ada);
        assertThat(records.readingsOf(ada)).singleElement().satisfies(reading -> {
            assertThat(reading.what()).isEqualTo("subscriptions");
            assertThat(reading.reason()).isEmpty();
        });

        world.clock.advance(Duration.ofMinutes(61));
        records.subscriptionsOpened(ada);
        assertThat(records.readingsOf(ada)).hasSize(2);
    }

    @Test
    void disclosuresAreOnRecordAndShownToThePersonUnlessForbidden_P11() {
        AccountId root = world.anAdministrator("root@example.org", Role.PRIVACY_OFFICER);
        AccountId ada = world.anAccount(ADA);
        AccountRecords records = world.the(AccountRecords.class);

        assertThatThrownBy(
                        () -> records.disclosed(root, ada, new Disclosure("Court of Hamburg", " ", "Address", false)))
                .isInstanceOf(ReasonMissing.class);
        records.disclosed(root, ada, new Disclosure("Court of Hamburg", "Order 12 C 34/26", "Address", false));
        records.disclosed(root, ada, new Disclosure("Police", "Order 56 Gs 78/26", "Name", true));

        assertThat(records.readingsOf(ada)).singleElement().satisfies(shown -> {
            assertThat(shown.what()).isEqualTo("disclosed");
            assertThat(shown.reason()).isEqualTo("Court of Hamburg; Order 12 C 34/26; Address");
        });
        assertThat(world.the(Exports.class).forHolder(ada).toString())
                .contains("Court of Hamburg")
                .doesNotContain("Police");
        world.the(Closing.class).erase(ada);
        assertThat(world.the(AuditLog.class).newest(Optional.of("account"), Optional.of(ada.value()), 10))
                .as("stays on record")
                .extracting(AuditLog.AuditEntry::detail)
                .contains("Court of Hamburg; Order 12 C 34/26; Address", "Police; Order 56 Gs 78/26; Name");
    }

    @Test
    void audienceHoldsEveryAccountOfThatMomentInOrder() {
        List<AccountId> accounts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            accounts.add(world.anAccount("member" + i + "@example.org"));
        }
        AllAccountsAudience audience = world.bean(AllAccountsAudience.class);
        AudienceQuery query =
                new AudienceQuery(MailKind.SERVICE_NOTICE, accounts.get(0).value(), world.clock.now());
        world.the(Closing.class).deactivate(accounts.get(1));
        world.the(Closing.class).erase(accounts.get(2));
        world.clock.advance(Duration.ofSeconds(1));
        world.anAccount("late@example.org");

        List<Addressee> first = audience.after(query, null, 3);
        List<Addressee> rest = audience.after(query, first.get(2).recipient(), 3);

        assertThat(first)
                .extracting(Addressee::recipient)
                .containsExactly(
                        accounts.get(0).value(),
                        accounts.get(1).value(),
                        accounts.get(3).value());
        assertThat(first)
                .extracting(Addressee::state)
                .containsExactly(PersonState.ACTIVE, PersonState.DEACTIVATED, PersonState.ACTIVE);
        assertThat(rest)
                .extracting(Addressee::recipient)
                .containsExactly(accounts.get(4).value());
        assertThat(audience.count(query).recipients()).isEqualTo(3);
        assertThat(audience.count(query).leftOut()).containsExactly(Map.entry(SkipReason.DEACTIVATED, 1L));
        assertThat(audience.lookUp(
                        query, List.of(accounts.get(3).value(), accounts.get(2).value())))
                .hasSize(1);
    }
}
