package org.tidings.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountReactivated;
import org.tidings.accounts.Client;
import org.tidings.accounts.Closing;
import org.tidings.accounts.Exports;
import org.tidings.accounts.PasswordWrong;
import org.tidings.accounts.Passwords;
import org.tidings.accounts.Registrations;
import org.tidings.accounts.SessionView;
import org.tidings.accounts.Sessions;
import org.tidings.accounts.SignIn;
import org.tidings.accounts.SignInRefused;
import org.tidings.accounts.TooManyTries;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.testing.TestDatabase;

/** Proving who one is, and for how long that holds; whatever strangers try. */
abstract class SigningInContract extends AccountsContract {

    SigningInContract(TestDatabase database) {
        super(database);
    }

    // Sign-in and sessions

    @Test
    void signsInWithAnyUnicodeFormOfPassword() {
        String token = world.requested(ADA);
        world.the(Registrations.class).prove(token);
        world.the(Registrations.class)
                .open(token, "Ada", "crème brûlée à volonté", BY_MAIL, Locale.ENGLISH, Optional.empty());

        SignIn.SignedIn in = world.the(SignIn.class)
                .signIn(
                        EmailAddress.parse("ADA@example.org"),
                        java.text.Normalizer.normalize("crème brûlée à volonté", java.text.Normalizer.Form.NFD),
                        AccountsWorld.CLIENT);

        assertThat(in.token()).hasSize(43);
        assertThat(in.session().client()).isEqualTo("Firefox, Linux");
        assertThat(world.the(Sessions.class).resolve(in.token())).isPresent();
        assertThat(world.the(Sessions.class).resolve(in.token() + "x")).isEmpty();
    }

    @Test
    void refusesUnknownWrongAndDeactivatedAlike() {
        AccountId account = world.anAccount(ADA);
        SignIn signIn = world.the(SignIn.class);

        assertThatThrownBy(() -> signIn.signIn(
                        EmailAddress.parse("nobody@example.org"), AccountsWorld.PASSWORD, AccountsWorld.CLIENT))
                .isInstanceOf(SignInRefused.class);
        assertThatThrownBy(() -> signIn.signIn(EmailAddress.parse(ADA), "wrong wrong wrong", AccountsWorld.CLIENT))
                .isInstanceOf(SignInRefused.class);
        world.the(Closing.class).deactivate(account);
        assertThatThrownBy(() -> world.signedIn(ADA)).isInstanceOf(SignInRefused.class);
    }

    @Test
    void stopsGuessingForKnownAndUnknownAddressesAlike() {
        world.anAccount(ADA);
        world.anAccount("other@example.org");

        for (String address : List.of(ADA, "nobody@example.org")) {
            int refused = guessUntilStopped(address);
            assertThat(refused).isEqualTo(10);
        }

        assertThat(world.signedIn("other@example.org")).isNotNull();
        world.clock.advance(Duration.ofSeconds(6));
        assertThat(world.signedIn(ADA)).isNotNull();
    }

    @Test
    void stopsForGoodAfterHundredTriesUntilReset() {
        world.anAccount(ADA);
        int tried = 0;
        for (int i = 0; i < 120; i++) {
            try {
                world.the(SignIn.class)
                        .signIn(EmailAddress.parse(ADA), "wrong wrong wrong", new Client("198.51." + i + ".1", ""));
            } catch (SignInRefused e) {
                tried++;
            } catch (TooManyTries e) {
                // stopped
            }
            world.clock.advance(Duration.ofMinutes(16));
        }
        assertThat(tried).isEqualTo(100);
        assertThatThrownBy(() -> world.signedIn(ADA)).isInstanceOf(TooManyTries.class);

        world.the(Passwords.class).requestReset(EmailAddress.parse(ADA), Locale.ENGLISH, AccountsWorld.CLIENT);
        world.answerRequests();
        world.the(Passwords.class).reset(world.newestToken(), AccountsWorld.PASSWORD, AccountsWorld.CLIENT);

        assertThat(world.signedIn(ADA)).isNotNull();
    }

    /** H2b: a stranger's wrong tries slow down nobody but his own network, and nobody in a browser that is known. */
    @Test
    void slowsDownNeitherAnotherNetworkNorABrowserThatIsKnown_REVH2() {
        world.anAccount(ADA);
        Client own = known(world.signedIn(ADA));
        Client stranger = from("203.0.113.7");
        int refused = 0;
        while (refused < 20 && isRefused(ADA, stranger)) {
            refused++;
        }
        assertThat(refused).isEqualTo(10);

        assertThat(signIn(ADA, from("198.51.100.7")).token())
                .as("a fresh browser elsewhere")
                .isNotEmpty();
        Client sameNetwork = new Client("203.0.113.8", "", own.known());
        assertThat(signIn(ADA, sameNetwork).token())
                .as("her own browser in the stranger's network")
                .isNotEmpty();
        assertThatThrownBy(() -> signIn(ADA, from("203.0.113.9")))
                .as("a fresh one there waits")
                .isInstanceOf(TooManyTries.class);
    }

    /** H2b, NIST 800-63B 3.2.2: a guesser with a thousand networks has a hundred tries; the holder has her browsers and her mailbox. */
    @Test
    void boundsADistributedGuesserAndKeepsTheHolderIn_REVH2() {
        for (String address : List.of(ADA, "nobody@example.org")) {
            int taken = 0;
            Client own = AccountsWorld.CLIENT;
            if (address.equals(ADA)) {
                world.anAccount(ADA);
                own = known(world.signedIn(ADA));
            }
            for (int i = 0; i < 130; i++) {
                taken += isTaken(address, from("198." + (18 + i / 100) + "." + i % 100 + ".7")) ? 1 : 0;
            }
            assertThat(taken).as("alike for who has no account").isEqualTo(100);
            assertThatThrownBy(() -> signIn(address, AccountsWorld.CLIENT))
                    .isInstanceOfSatisfying(
                            TooManyTries.class, e -> assertThat(e.onlyByMail()).isTrue());
            if (address.equals(ADA)) {
                assertThat(signIn(ADA, own).token()).as("known").isNotEmpty();
            }
        }
    }

    /** REV-H2: a new browser, while strangers go on: the link by mail frees it for good, and not for a moment only. */
    @Test
    void aLinkByMailLetsANewBrowserInWhateverStrangersGoOnTrying_REVH2() {
        world.anAccount(ADA);
        floodWithTries();
        Client fresh = from("192.0.2.200");
        assertThatThrownBy(() -> signIn(ADA, fresh)).isInstanceOf(TooManyTries.class);

        askForReset(ADA, fresh);
        String knownBy = world.the(Passwords.class).reset(world.newestToken(), AccountsWorld.PASSWORD, fresh);
        floodWithTries();

        SignIn.SignedIn in = signIn(ADA, new Client("192.0.2.200", "", knownBy));
        assertThat(in.known()).as("it stays known").isEqualTo(knownBy);
    }

    /** REV-H2: the cookie opens nothing, and a stolen one is no way round the limit. */
    @Test
    void aBrowserThatIsKnownHasAHundredTriesToo_REVH2() {
        AccountId account = world.anAccount(ADA);
        Client stolen = known(world.signedIn(ADA));
        int tried = 0;
        for (int i = 0; i < 120; i++) {
            tried += isTaken(ADA, stolen) ? 1 : 0;
            world.clock.advance(Duration.ofMinutes(16));
        }

        assertThat(tried).isEqualTo(100);
        assertThat(signIn(ADA, AccountsWorld.CLIENT).token()).isNotEmpty();
        assertThat(world.the(Sessions.class).known(account)).hasSize(2);
    }

    /** REV-H2: another account's cookie is none for this one, and tells nothing. */
    @Test
    void aBrowserIsKnownToItsOwnAccountsOnly_REVH2() {
        world.anAccount(ADA);
        world.anAccount("bob@example.org");
        SignIn.SignedIn bob = world.signedIn("bob@example.org");
        Client shared = known(bob);
        for (String address : List.of(ADA, "nobody@example.org")) {
            int refused = 0;
            while (refused < 20 && isRefused(address, shared)) {
                refused++;
            }
            assertThat(refused).isEqualTo(10);
        }

        world.clock.advance(Duration.ofMinutes(1));
        SignIn.SignedIn ada = signIn(ADA, shared);
        assertThat(ada.known().split("\\.")).hasSize(2).contains(bob.known());
        Client both = known(ada);
        assertThat(signIn("bob@example.org", both).known()).isEqualTo(ada.known());
        assertThat(signIn(ADA, both).known()).isEqualTo(ada.known());
    }

    /** H2c: what strangers try is not counted where the holder, signed in, gives her password again. */
    @Test
    void asksForThePasswordAgainWhateverStrangersTry_REVH2() {
        AccountId account = world.anAccount(ADA);
        SignIn.SignedIn here = world.signedIn(ADA);
        floodWithTries();

        assertThat(world.the(SignIn.class)
                        .stepUp(account, here.session().id(), AccountsWorld.PASSWORD)
                        .token())
                .isNotEmpty();
        world.the(Passwords.class)
                .change(
                        account,
                        here.session().id(),
                        AccountsWorld.PASSWORD,
                        "a new fine phrase",
                        true,
                        AccountsWorld.CLIENT);
    }

    /** H2c: nor where she comes back with a link from her mailbox. */
    @Test
    void comesBackWhateverStrangersTry_REVH2() {
        AccountId account = world.anAccount(ADA);
        world.the(Closing.class).deactivate(account);
        floodWithTries();

        reactivate(ADA);

        assertThat(world.events(AccountReactivated.class)).hasSize(1);
    }

    /** Who has somebody's open session may not guess on for ever either. */
    @Test
    void slowsDownWhoGuessesInASession_REVH2() {
        AccountId account = world.anAccount(ADA);
        UUID session = world.signedIn(ADA).session().id();
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> world.the(SignIn.class).stepUp(account, session, "wrong wrong wrong"))
                    .isInstanceOf(PasswordWrong.class);
        }

        assertThatThrownBy(() -> world.the(SignIn.class).stepUp(account, session, AccountsWorld.PASSWORD))
                .isInstanceOf(TooManyTries.class);
        assertThat(world.signedIn(ADA).token()).as("elsewhere").isNotEmpty();
    }

    @Test
    void forgetsBrowsersThatAreDisownedOrOlderThanAYearAndAllAtAReset() {
        AccountId account = world.anAccount(ADA);
        SignIn.SignedIn here = world.signedIn(ADA);
        SignIn.SignedIn there = world.signedIn(ADA);
        Sessions sessions = world.the(Sessions.class);
        assertThat(sessions.known(account)).hasSize(2);
        sessions.revoke(account, there.session().id());
        assertThat(sessions.known(account)).as("signed out, still known").hasSize(2);

        sessions.disownOthers(account, here.session().id());
        assertThat(sessions.known(account))
                .singleElement()
                .satisfies(browser -> assertThat(browser.client()).isEqualTo("Firefox, Linux"));
        assertThat(world.the(Exports.class).forHolder(account).toString()).contains("knownBrowsers=[{client=Firefox");
        SignIn.SignedIn third = world.signedIn(ADA);
        sessions.disown(account, third.session().id());
        assertThat(sessions.known(account)).hasSize(1);

        askForReset(ADA, known(here));
        world.the(Passwords.class).reset(world.newestToken(), AccountsWorld.PASSWORD, from("192.0.2.9"));
        assertThat(sessions.known(account))
                .as("only where it was chosen")
                .singleElement()
                .satisfies(browser -> assertThat(browser.client()).isEmpty());
        world.clock.advance(Duration.ofDays(366));
        world.tidy();
        assertThat(sessions.known(account)).isEmpty();
    }

    @Test
    void keepsTwentyBrowsersOfAnAccountAtMost() {
        AccountId account = world.anAccount(ADA);
        for (int i = 0; i < 25; i++) {
            world.signedIn(ADA);
            world.clock.advance(Duration.ofSeconds(1));
        }

        assertThat(world.the(Sessions.class).known(account)).hasSize(20);
    }

    @Test
    void sessionEndsWhenIdleOrOldSoonerForStaff() {
        world.anAdministrator("root@example.org");
        world.anAccount(ADA);
        Sessions sessions = world.the(Sessions.class);
        String staff = world.signedIn("root@example.org").token();
        String member = world.signedIn(ADA).token();

        world.clock.advance(Duration.ofMinutes(59));
        assertThat(sessions.resolve(staff)).isPresent();
        world.clock.advance(Duration.ofMinutes(61));
        assertThat(sessions.resolve(staff)).as("idle for an hour").isEmpty();
        for (int day = 0; day < 29; day++) {
            world.clock.advance(Duration.ofDays(1));
            assertThat(sessions.resolve(member)).isPresent();
        }
        world.clock.advance(Duration.ofDays(1));
        assertThat(sessions.resolve(member)).as("thirty days old").isEmpty();
    }

    @Test
    void stepUpRotatesTheToken() {
        AccountId account = world.anAccount(ADA);
        SignIn.SignedIn first = world.signedIn(ADA);
        world.clock.advance(Duration.ofMinutes(10));

        assertThatThrownBy(() ->
                        world.the(SignIn.class).stepUp(account, first.session().id(), "wrong wrong wrong"))
                .isInstanceOf(PasswordWrong.class);
        SignIn.SignedIn again =
                world.the(SignIn.class).stepUp(account, first.session().id(), AccountsWorld.PASSWORD);

        assertThat(world.the(Sessions.class).resolve(first.token())).isEmpty();
        assertThat(world.the(Sessions.class).resolve(again.token()))
                .map(SessionView::authenticatedAt)
                .hasValueSatisfying(at -> assertThat(at).isEqualTo(world.clock.now()));
    }

    @Test
    void revokesOnlyOwnSessions() {
        AccountId ada = world.anAccount(ADA);
        AccountId bob = world.anAccount("bob@example.org");
        SignIn.SignedIn session = world.signedIn(ADA);
        Sessions sessions = world.the(Sessions.class);

        sessions.revoke(bob, session.session().id());
        assertThat(sessions.of(ada)).hasSize(1);
        sessions.revoke(ada, session.session().id());

        assertThat(sessions.resolve(session.token())).isEmpty();
    }

    private int guessUntilStopped(String address) {
        int refused = 0;
        while (refused < 20 && isRefused(address)) {
            refused++;
        }
        return refused;
    }

    /** False when it is too many tries instead. */
    private boolean isRefused(String address) {
        try {
            world.the(SignIn.class).signIn(EmailAddress.parse(address), "wrong wrong wrong", AccountsWorld.CLIENT);
            throw new AssertionError("signed in");
        } catch (SignInRefused e) {
            return true;
        } catch (TooManyTries e) {
            assertThat(e.retryAfter()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            return false;
        }
    }

    private SignIn.SignedIn signIn(String address, Client client) {
        return world.the(SignIn.class).signIn(EmailAddress.parse(address), AccountsWorld.PASSWORD, client);
    }

    private boolean isRefused(String address, Client client) {
        try {
            world.the(SignIn.class).signIn(EmailAddress.parse(address), "wrong wrong wrong", client);
            throw new AssertionError("signed in");
        } catch (SignInRefused e) {
            return true;
        } catch (TooManyTries e) {
            return false;
        }
    }

    private void floodWithTries() {
        for (int i = 0; i < 110; i++) {
            isTaken(ADA, from("198.18." + i + ".7"));
        }
    }

    /** Whether a wrong password would be looked at; without looking at it, which costs more than all else. */
    private boolean isTaken(String address, Client client) {
        try {
            database.inTransaction(() -> {
                Optional<KnownBrowser> known =
                        world.bean(KnownBrowsers.class).of(client).stream().findFirst();
                world.bean(SignInTries.class).begin(EmailAddress.parse(address), client, known);
            });
            return true;
        } catch (TooManyTries e) {
            return false;
        }
    }
}
