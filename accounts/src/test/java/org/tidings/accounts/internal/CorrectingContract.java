package org.tidings.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tidings.accounts.AccountChanged;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountOpened;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.AddressChanges;
import org.tidings.accounts.AddressUnchanged;
import org.tidings.accounts.AllAccounts;
import org.tidings.accounts.Closing;
import org.tidings.accounts.ContactWishes;
import org.tidings.accounts.ExportLimitReached;
import org.tidings.accounts.Exports;
import org.tidings.accounts.LinkNotValid;
import org.tidings.accounts.Passwords;
import org.tidings.accounts.Profiles;
import org.tidings.accounts.Registrations;
import org.tidings.accounts.Sessions;
import org.tidings.accounts.SignIn;
import org.tidings.accounts.SignInRefused;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.Delivery;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingOrder;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.mail.testing.TestDatabase;

/** What is stored about a person: her profile, her address, her copy of it. */
abstract class CorrectingContract extends AccountsContract {

    CorrectingContract(TestDatabase database) {
        super(database);
    }

    /** MBR-17: her own address is refused with a reason, unless it has to be proved again. */
    @Test
    void refusesToChangeToTheAddressThatSheHas_MBR17() {
        AccountId account = world.anAccount(ADA);
        world.outbox.clear();

        assertThatThrownBy(() -> world.the(AddressChanges.class)
                        .request(account, EmailAddress.parse("ADA@Example.org"), AccountsWorld.CLIENT))
                .isInstanceOf(AddressUnchanged.class);
        assertThat(world.outbox.letters()).isEmpty();
    }

    /** No interests, views or purchases. Who adds a column here decides what it is for, shows it to the person and exports it. */
    @Test
    void keepsNoProfileBeyondWhatThePersonGave_P10() throws SQLException {
        List<String> kept = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                ResultSet columns = connection.getMetaData().getColumns(null, "accounts", "account", "%")) {
            while (columns.next()) {
                kept.add(columns.getString("COLUMN_NAME"));
            }
        }

        assertThat(kept)
                .containsExactlyInAnyOrder(
                        "id",
                        "state",
                        "address",
                        "canonical",
                        "name",
                        "language",
                        "zone",
                        "password",
                        "password_since",
                        "contact_by_email",
                        "contact_by_phone",
                        "phone",
                        "opened_at",
                        "deactivated_at",
                        "erase_on",
                        "version");
    }

    @Test
    void correctsProfile() {
        AccountId account = world.anAccount(ADA);

        world.the(Profiles.class)
                .correct(
                        account,
                        "Ada <b>L.</b> 🦊",
                        Locale.GERMAN,
                        new ContactWishes(false, true, "+49 30 123456"),
                        Optional.empty());

        assertThat(world.the(Accounts.class).find(account)).hasValueSatisfying(view -> {
            assertThat(view.name()).isEqualTo("Ada <b>L.</b> 🦊");
            assertThat(view.contactWishes()).isEqualTo(new ContactWishes(false, true, "+49 30 123456"));
        });
        assertThat(world.events(AccountChanged.class))
                .singleElement()
                .satisfies(changed -> assertThat(changed.language()).isEqualTo(Locale.GERMAN));
    }

    @Test
    void keepsTheTimeZoneOnlyAsLongAsSheSaysIt_P1() {
        AccountId account = world.anAccount(ADA);
        AllAccountsAudience audience = world.bean(AllAccountsAudience.class);
        AudienceQuery query = new AudienceQuery(MailKind.SERVICE_NOTICE, account.value(), world.clock.now());
        assertThat(audience.zones()).isEmpty();
        assertThat(audience.after(query, null, 1).get(0).zone()).isEmpty();

        livesIn(account, Optional.of(ZoneId.of("Asia/Tokyo")));

        assertThat(world.the(Accounts.class).find(account).orElseThrow().zone()).contains(ZoneId.of("Asia/Tokyo"));
        assertThat(world.the(Exports.class).forHolder(account).toString()).contains("timeZone=Asia/Tokyo");
        assertThat(audience.zones()).containsExactly(ZoneId.of("Asia/Tokyo"));
        assertThat(audience.after(query, null, 1).get(0).zone()).contains(ZoneId.of("Asia/Tokyo"));
        assertThat(audience.lookUp(query, List.of(account.value())).get(0).zone())
                .contains(ZoneId.of("Asia/Tokyo"));

        livesIn(account, Optional.empty());
        livesIn(account, Optional.empty());

        assertThat(audience.zones()).isEmpty();
        assertThat(world.events(AccountChanged.class))
                .as("nothing is told when nothing changed")
                .extracting(AccountChanged::zone)
                .containsExactly(Optional.of(ZoneId.of("Asia/Tokyo")), Optional.empty());
    }

    @Test
    void takesOverTheTimeZoneThatSheSaidAsASubscriber() {
        String token = world.requested(ADA);
        Registrations registrations = world.the(Registrations.class);
        registrations.prove(token);

        AccountId account = registrations.open(
                token, "", AccountsWorld.PASSWORD, BY_MAIL, Locale.ENGLISH, Optional.of(ZoneId.of("America/Lima")));

        assertThat(world.the(Accounts.class).find(account).orElseThrow().zone()).contains(ZoneId.of("America/Lima"));
        assertThat(world.events(AccountOpened.class))
                .extracting(AccountOpened::zone)
                .containsExactly(Optional.of(ZoneId.of("America/Lima")));
    }

    @Test
    void changesAddressAfterProofAndUndoesIt() {
        AccountId account = world.anAccount(ADA);
        AddressChanges changes = world.the(AddressChanges.class);
        changes.request(account, EmailAddress.parse("new@example.org"), AccountsWorld.CLIENT);
        String confirm = world.newestToken();
        assertThat(world.outbox.newest().to().original()).isEqualTo("new@example.org");
        assertThat(world.signedIn(ADA)).isNotNull();

        changes.confirm(confirm, AccountsWorld.CLIENT);

        assertThat(world.outbox.newest().to().original()).isEqualTo(ADA);
        String undo = world.newestToken();
        SignIn.SignedIn session = world.signedIn("new@example.org");
        assertThat(changes.findUndo(undo).original()).isEqualTo(ADA);
        world.clock.advance(Duration.ofHours(71));
        changes.undo(undo);

        assertThat(world.the(Accounts.class).findByAddress(EmailAddress.parse(ADA)))
                .isPresent();
        assertThat(world.the(Sessions.class).resolve(session.token())).isEmpty();
        assertThatThrownBy(() -> world.signedIn(ADA)).isInstanceOf(SignInRefused.class);
        world.the(Passwords.class).reset(world.newestToken(), "my own phrase again", AccountsWorld.CLIENT);
        assertThat(world.events(AccountChanged.class)).hasSize(2);
    }

    /** Whoever takes an account over, moves it to a mailbox of hers and closes it keeps its holder from nothing. */
    @Test
    void undoesAChangeOfAddressThoughTheAccountWasClosedThen() {
        AccountId account = world.anAccount(ADA);
        AddressChanges changes = world.the(AddressChanges.class);
        changes.request(account, EmailAddress.parse("thief@example.org"), AccountsWorld.CLIENT);
        changes.confirm(world.newestToken(), AccountsWorld.CLIENT);
        assertThat(world.outbox.newest().kind())
                .as("goes out to who closed the account too")
                .isEqualTo(MailKind.ACCOUNT_RECEIPT);
        String undo = world.newestToken();
        Closing closing = world.the(Closing.class);
        closing.deactivate(account);

        assertThat(changes.findUndo(undo).original()).isEqualTo(ADA);
        changes.undo(undo);

        assertThat(world.purposesTo(ADA)).contains("password-reset-deactivated");
        world.the(Passwords.class).reset(world.newestToken(), "my own phrase again", AccountsWorld.CLIENT);
        closing.requestReactivation(EmailAddress.parse(ADA), Locale.ENGLISH, AccountsWorld.CLIENT);
        world.answerRequests();
        closing.reactivate(world.newestToken(), "my own phrase again", AccountsWorld.CLIENT);
        assertThat(world.the(Accounts.class).findByAddress(EmailAddress.parse(ADA)))
                .isPresent();
        assertThat(world.the(Accounts.class).countActive()).isEqualTo(1);
    }

    /** What waits is shown, also of an address that is taken, and can be withdrawn: the mailed link does nothing then. */
    @Test
    void showsTheChangeOfAddressThatWaitsAndWithdrawsIt() {
        AccountId account = world.anAccount(ADA);
        world.anAccount("bob@example.org");
        AddressChanges changes = world.the(AddressChanges.class);
        assertThat(changes.waiting(account)).isEmpty();

        changes.request(account, EmailAddress.parse("new@example.org"), AccountsWorld.CLIENT);
        String link = world.newestToken();
        world.clock.advance(Duration.ofMinutes(1));
        changes.request(account, EmailAddress.parse("New@example.org"), AccountsWorld.CLIENT);
        world.clock.advance(Duration.ofMinutes(1));
        changes.request(account, EmailAddress.parse("bob@example.org"), AccountsWorld.CLIENT);

        assertThat(changes.waiting(account))
                .extracting(one -> one.address().original())
                .containsExactly("bob@example.org", "New@example.org");
        assertThat(changes.withdraw(account)).isTrue();
        assertThat(changes.waiting(account)).isEmpty();
        assertThat(changes.withdraw(account)).isFalse();
        assertThatThrownBy(() -> changes.confirm(link, AccountsWorld.CLIENT)).isInstanceOf(LinkNotValid.class);
    }

    @Test
    void takenAddressLooksTheSame() {
        AccountId account = world.anAccount(ADA);
        world.anAccount("bob@example.org");

        world.the(AddressChanges.class).request(account, EmailAddress.parse("bob@example.org"), AccountsWorld.CLIENT);

        assertThat(world.purposesTo("bob@example.org")).contains("account-exists");
        assertThat(world.tokensFor("address-change")).isEmpty();
    }

    @Test
    void everyLinkFromAMailboxProvesThatItWorksAgain() {
        EmailAddress ada = EmailAddress.parse(ADA);
        bounced(ada);
        String registration = world.requested(ADA);
        assertThat(world.outbox.newest().kind()).isEqualTo(MailKind.REGISTRATION_CONFIRMATION);
        world.the(Registrations.class).find(registration);
        assertThat(world.suppressed.against(ada)).hasSize(1);
        world.the(Registrations.class).prove(registration);
        assertThat(world.suppressed.against(ada)).isEmpty();
        world.the(Registrations.class)
                .open(
                        registration,
                        "Ada",
                        AccountsWorld.PASSWORD,
                        new ContactWishes(true, false, ""),
                        Locale.ENGLISH,
                        Optional.empty());

        bounced(ada);
        world.the(Passwords.class).requestReset(ada, Locale.ENGLISH, AccountsWorld.CLIENT);
        world.answerRequests();
        assertThat(world.outbox.newest().kind()).isEqualTo(MailKind.MAILBOX_PROOF);
        world.the(Passwords.class).reset(world.newestToken(), "my own phrase again", AccountsWorld.CLIENT);
        assertThat(world.suppressed.against(ada)).isEmpty();
    }

    @Test
    void theSameAddressIsProvedAgainWithoutChangingAnything() {
        AccountId account = world.anAccount(ADA);
        EmailAddress ada = EmailAddress.parse(ADA);
        bounced(ada);
        AddressChanges changes = world.the(AddressChanges.class);
        changes.request(account, ada, AccountsWorld.CLIENT);
        assertThat(world.outbox.newest().kind()).isEqualTo(MailKind.MAILBOX_PROOF);
        String token = world.newestToken();
        int letters = world.outbox.letters().size();

        changes.confirm(token, AccountsWorld.CLIENT);

        assertThat(world.suppressed.against(ada)).isEmpty();
        assertThat(world.events(AccountChanged.class)).isEmpty();
        assertThat(world.outbox.letters()).hasSize(letters);
        assertThat(world.signedIn(ADA)).isNotNull();
    }

    /** A complaint is the person's word about what we send, not about the mailbox. */
    @Test
    void provingTheMailboxLeavesAComplaint() {
        EmailAddress ada = EmailAddress.parse(ADA);
        world.suppressed.suppress(ada, SuppressedAddresses.Reason.COMPLAINED);

        world.anAccount(ADA);

        assertThat(world.suppressed.against(ada)).containsExactly(SuppressedAddresses.Reason.COMPLAINED);
    }

    @Test
    void exportsWhatIsStoredWithoutSecrets() {
        AccountId account = world.anAccount(ADA);
        String token = world.signedIn(ADA).token();

        Map<String, Object> export = world.the(Exports.class).forHolder(account);

        assertThat(export.toString())
                .contains(ADA, "Firefox, Linux")
                .doesNotContain("argon2", token, Token.hash(token));
        for (int i = 0; i < 3; i++) {
            world.the(Exports.class).forHolder(account);
        }
        assertThatThrownBy(() -> world.the(Exports.class).forHolder(account)).isInstanceOf(ExportLimitReached.class);
    }

    /** GDPR 15: that she was written to is stored about her as well. */
    @Test
    void exportsWhichMailsWentToHer() {
        AccountId account = world.anAccount(ADA);
        world.outbox.clear();
        world.outbox.post(new Letter(
                MailKind.ACCOUNT_NOTICE,
                "password-changed",
                AllAccounts.REALM,
                account.value(),
                EmailAddress.parse(ADA),
                "Ada",
                "Your password was changed",
                MailBody.in(Locale.ENGLISH).heading("Hello").build(),
                Map.of(),
                world.clock.now().plusDays(1),
                Optional.empty()));
        MailingId mailing = world.mailings.start(new MailingOrder(
                MailKind.SERVICE_NOTICE,
                AllAccounts.NAME,
                new UUID(0, 1),
                "[Maintenance] On Sunday",
                List.of(),
                1,
                world.clock.now(),
                world.clock.now().plusDays(1),
                Optional.empty(),
                Optional.empty()));
        world.mailings.record(new Delivery(
                mailing,
                account.value(),
                DeliveryState.HANDED_OVER,
                world.clock.now(),
                1,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));

        assertThat(world.the(Exports.class).forHolder(account).toString())
                .contains("mails=[{what=password-changed, state=WAITING")
                .contains("announcements=[{what=[Maintenance] On Sunday, state=HANDED_OVER, at=2026-11-22T08:00Z}]");
    }

    private void livesIn(AccountId account, Optional<ZoneId> zone) {
        world.the(Profiles.class).correct(account, "Ada", Locale.ENGLISH, BY_MAIL, zone);
    }

    private void bounced(EmailAddress address) {
        world.suppressed.suppress(address, SuppressedAddresses.Reason.HARD_BOUNCED);
    }
}
