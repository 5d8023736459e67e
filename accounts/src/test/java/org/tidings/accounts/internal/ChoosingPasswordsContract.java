package org.tidings.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AddressChanges;
import org.tidings.accounts.ApiTokens;
import org.tidings.accounts.Client;
import org.tidings.accounts.Closing;
import org.tidings.accounts.LinkNotValid;
import org.tidings.accounts.PasswordRejected;
import org.tidings.accounts.PasswordWrong;
import org.tidings.accounts.Passwords;
import org.tidings.accounts.Profiles;
import org.tidings.accounts.Registrations;
import org.tidings.accounts.Role;
import org.tidings.accounts.Sessions;
import org.tidings.accounts.SignIn;
import org.tidings.accounts.SignInRefused;
import org.tidings.accounts.UsedLinks;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.testing.TestDatabase;

/** Another password, with the present one or by a mailed link. */
abstract class ChoosingPasswordsContract extends AccountsContract {

    ChoosingPasswordsContract(TestDatabase database) {
        super(database);
    }

    @Test
    void changesPasswordEndsOtherSessionsAndTells() {
        AccountId account = world.anAccount(ADA);
        SignIn.SignedIn here = world.signedIn(ADA);
        SignIn.SignedIn there = world.signedIn(ADA);

        assertThatThrownBy(() -> world.the(Passwords.class)
                        .change(
                                account,
                                here.session().id(),
                                "not the right one",
                                "a new fine phrase",
                                true,
                                AccountsWorld.CLIENT))
                .isInstanceOf(PasswordWrong.class);
        world.the(Passwords.class)
                .change(
                        account,
                        here.session().id(),
                        AccountsWorld.PASSWORD,
                        "a new fine phrase",
                        true,
                        AccountsWorld.CLIENT);

        assertThat(world.the(Sessions.class).resolve(here.token())).isPresent();
        assertThat(world.the(Sessions.class).resolve(there.token())).isEmpty();
        assertThat(world.purposesTo(ADA)).contains("password-changed");
        assertThatThrownBy(() -> world.signedIn(ADA)).isInstanceOf(SignInRefused.class);
    }

    /** REV-M5: API tokens are revoked with the password, or named as living; that one was made is told. */
    @Test
    void revokesOrNamesApiTokensWhenAnotherPasswordIsChosen_REVM5() {
        AccountId root = world.anAdministrator(ADA, Role.PUBLISHER);
        UUID session = world.signedIn(ADA).session().id();
        ApiTokens tokens = world.the(ApiTokens.class);
        String token = aToken(root, "nightly import");
        assertThat(world.purposesTo(ADA)).contains("api-token-created");
        assertThat(textOf(world.outbox.newest())).contains("nightly import", "Firefox on Linux");

        world.the(Passwords.class)
                .change(root, session, AccountsWorld.PASSWORD, "a new fine phrase", false, AccountsWorld.CLIENT);
        assertThat(tokens.resolve(token)).isPresent();
        assertThat(textOf(world.outbox.newest())).contains("still work: nightly import");

        world.the(Passwords.class)
                .change(root, session, "a new fine phrase", AccountsWorld.PASSWORD, true, AccountsWorld.CLIENT);
        assertThat(tokens.resolve(token)).isEmpty();
        assertThat(textOf(world.outbox.newest())).contains("revoked: nightly import");

        String second = aToken(root, "after");
        askForReset(ADA, AccountsWorld.CLIENT);
        world.the(Passwords.class).reset(world.newestToken(), "a new fine phrase", AccountsWorld.CLIENT);
        assertThat(tokens.resolve(second)).isEmpty();
        assertThat(textOf(world.outbox.newest())).contains("revoked: after");
    }

    /** MBR-24, MAI-14: when, where she lives, and with what sort of browser; never from which address. */
    @Test
    void noticesSayWhenAndWithWhatBrowser_MBR24() {
        AccountId account = world.anAccount(ADA);
        UUID session = world.signedIn(ADA).session().id();
        world.the(Profiles.class)
                .correct(account, "Ada", Locale.GERMAN, BY_MAIL, Optional.of(ZoneId.of("America/New_York")));
        Client chrome = new Client("198.51.100.77", "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36");

        world.the(Passwords.class).change(account, session, AccountsWorld.PASSWORD, "a new fine phrase", true, chrome);

        assertThat(textOf(world.outbox.newest()))
                .contains("am 22. November 2026 um 03:00 (America/New_York), mit Chrome unter Linux")
                .doesNotContain("198.51", "{{");
        world.the(Closing.class).erase(account);
        assertThat(textOf(world.outbox.newest()))
                .contains("privacy@tidings.example", "22. November 2026")
                .doesNotContain("{{");
    }

    /** ACM-03: once, within its time, and the mail is not delivered after it. */
    @Test
    void resetsPasswordOnceWithinAnHour() {
        world.anAccount(ADA);
        SignIn.SignedIn session = world.signedIn(ADA);
        Passwords passwords = world.the(Passwords.class);
        passwords.requestReset(EmailAddress.parse(ADA), Locale.ENGLISH, AccountsWorld.CLIENT);
        passwords.requestReset(EmailAddress.parse("nobody@example.org"), Locale.ENGLISH, AccountsWorld.CLIENT);
        world.answerRequests();
        String token = world.newestToken();
        List<Letter> letters = world.outbox.letters();
        assertThat(letters.get(letters.size() - 1).expiresAt())
                .isBeforeOrEqualTo(world.clock.now().plusMinutes(60));

        assertThatThrownBy(() -> passwords.reset(token, "short", AccountsWorld.CLIENT))
                .isInstanceOf(PasswordRejected.class);
        passwords.reset(token, "a new fine phrase", AccountsWorld.CLIENT);

        assertThat(world.purposesTo("nobody@example.org")).isEmpty();
        assertThat(world.the(Sessions.class).resolve(session.token())).isEmpty();
        assertThatThrownBy(() -> passwords.reset(token, "yet another phrase", AccountsWorld.CLIENT))
                .isInstanceOf(LinkNotValid.class);
        passwords.requestReset(EmailAddress.parse(ADA), Locale.ENGLISH, AccountsWorld.CLIENT);
        world.answerRequests();
        world.clock.advance(Duration.ofMinutes(60));
        assertThatThrownBy(() -> passwords.checkReset(world.newestToken())).isInstanceOf(LinkNotValid.class);
    }

    @Test
    void asksForNoOtherPasswordHoweverOldItIs_SEC17() throws SQLException {
        world.anAccount(ADA);
        world.clock.advance(Duration.ofDays(2 * 365));
        world.tidy();

        assertThat(world.signedIn(ADA).token()).isNotEmpty();
        try (Connection connection = database.dataSource().getConnection();
                ResultSet columns = connection.getMetaData().getColumns(null, "accounts", "account", "%")) {
            while (columns.next()) {
                assertThat(columns.getString("COLUMN_NAME")).doesNotContain("hint", "question");
            }
        }
    }

    /** MBR-07: whoever taps twice is told what is so; the link does nothing any more. */
    @Test
    void tellsWhatAUsedLinkHasDone_MBR07() {
        UsedLinks used = world.the(UsedLinks.class);
        String opening = world.requested(ADA);
        Registrations registrations = world.the(Registrations.class);
        registrations.prove(opening);
        assertThat(used.deedOf(opening)).isEmpty();
        AccountId account =
                registrations.open(opening, "Ada", AccountsWorld.PASSWORD, BY_MAIL, Locale.ENGLISH, Optional.empty());
        AddressChanges changes = world.the(AddressChanges.class);
        changes.request(account, EmailAddress.parse("new@example.org"), AccountsWorld.CLIENT);
        String changing = world.newestToken();
        changes.confirm(changing, AccountsWorld.CLIENT);
        String undoing = world.newestToken();
        changes.undo(undoing);
        String choosing = world.newestToken();
        world.the(Passwords.class).reset(choosing, AccountsWorld.PASSWORD, AccountsWorld.CLIENT);
        Closing closing = world.the(Closing.class);

        assertThat(used.deedOf(undoing)).contains(UsedLinks.Deed.ADDRESS_RESTORED);
        assertThat(used.deedOf(choosing)).contains(UsedLinks.Deed.PASSWORD_CHOSEN);
        assertThatThrownBy(() -> changes.undo(undoing)).isInstanceOf(LinkNotValid.class);
        assertThatThrownBy(() -> world.the(Passwords.class).checkReset(choosing))
                .isInstanceOf(LinkNotValid.class);

        closing.deactivate(account);
        closing.requestReactivation(EmailAddress.parse(ADA), Locale.ENGLISH, AccountsWorld.CLIENT);
        world.answerRequests();
        String returning = world.newestToken();
        closing.reactivate(returning, AccountsWorld.PASSWORD, AccountsWorld.CLIENT);
        assertThat(used.deedOf(returning)).contains(UsedLinks.Deed.ACCOUNT_REACTIVATED);

        world.clock.advance(Duration.ofDays(8));
        assertThat(used.deedOf(returning)).isEmpty();
        assertThat(used.deedOf("unknown")).isEmpty();
    }

    private String aToken(AccountId account, String label) {
        return world.the(ApiTokens.class)
                .create(
                        account,
                        label,
                        Set.of(ApiTokens.Scope.SUBSCRIBERS),
                        world.clock.now().plusDays(30),
                        AccountsWorld.CLIENT);
    }
}
