package org.tidings.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.accounts.AccountChanged;
import org.tidings.accounts.AccountDeactivated;
import org.tidings.accounts.AccountErased;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountOpened;
import org.tidings.accounts.AccountReactivated;
import org.tidings.accounts.AccountRecords;
import org.tidings.accounts.AccountRecords.Disclosure;
import org.tidings.accounts.AccountState;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.AddressChanges;
import org.tidings.accounts.AddressUnchanged;
import org.tidings.accounts.AllAccounts;
import org.tidings.accounts.ApiTokens;
import org.tidings.accounts.AskedTooOften;
import org.tidings.accounts.AuditLog;
import org.tidings.accounts.Client;
import org.tidings.accounts.Closing;
import org.tidings.accounts.ContactWishes;
import org.tidings.accounts.ErasureRequests;
import org.tidings.accounts.Erasures;
import org.tidings.accounts.ErasuresRepeated;
import org.tidings.accounts.ExportLimitReached;
import org.tidings.accounts.Exports;
import org.tidings.accounts.FirstAdministrator;
import org.tidings.accounts.FormMail;
import org.tidings.accounts.LastAdministratorMustStay;
import org.tidings.accounts.LinkNotValid;
import org.tidings.accounts.NameRejected;
import org.tidings.accounts.PasswordRejected;
import org.tidings.accounts.PasswordWrong;
import org.tidings.accounts.Passwords;
import org.tidings.accounts.PhoneRejected;
import org.tidings.accounts.Profiles;
import org.tidings.accounts.ReasonMissing;
import org.tidings.accounts.Registrations;
import org.tidings.accounts.Role;
import org.tidings.accounts.SecondPersonNeeded;
import org.tidings.accounts.SessionView;
import org.tidings.accounts.Sessions;
import org.tidings.accounts.SignIn;
import org.tidings.accounts.SignInRefused;
import org.tidings.accounts.Staff;
import org.tidings.accounts.StaffMustLeaveFirst;
import org.tidings.accounts.TooManyTries;
import org.tidings.accounts.UsedLinks;
import org.tidings.mail.Addressee;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.Delivery;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingOrder;
import org.tidings.mail.PersonState;
import org.tidings.mail.SkipReason;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.mail.testing.TestDatabase;

/** What the module promises, on any database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AccountsContract {

    private static final List<String> TABLES = List.of(
            "account",
            "registration",
            "link_request",
            "mail_link",
            "session",
            "known_browser",
            "staff_member",
            "setup_link",
            "api_token",
            "audit_entry",
            "record_reading",
            "erasure",
            "closing",
            "erasure_request",
            "limit_count");
    private static final String ADA = "ada@example.org";
    private static final ContactWishes BY_MAIL = new ContactWishes(true, false, "");

    private final TestDatabase database;
    private AccountsWorld world;

    @SuppressWarnings("NullAway") // set before each test
    AccountsContract(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void freshWorld(@TempDir Path folder) {
        world = new AccountsWorld(database, folder);
    }

    @AfterEach
    void emptyTables() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            for (String table : TABLES) {
                connection.createStatement().executeUpdate("delete from accounts." + table);
            }
        }
    }

    @AfterAll
    void close() {
        database.close();
    }

    // Registration

    @Test
    void opensAccountAfterProof() {
        String token = world.requested("Ada@Example.org");
        Registrations registrations = world.the(Registrations.class);

        assertThat(token).hasSize(43);
        assertThatThrownBy(() -> registrations.open(
                        token, "Ada", AccountsWorld.PASSWORD, BY_MAIL, Locale.GERMAN, Optional.empty()))
                .as("not proved")
                .isInstanceOf(LinkNotValid.class);
        registrations.prove(token);
        AccountId account =
                registrations.open(token, " Ada ", AccountsWorld.PASSWORD, BY_MAIL, Locale.GERMAN, Optional.empty());

        assertThat(world.the(Accounts.class).findByAddress(EmailAddress.parse("ADA@EXAMPLE.ORG")))
                .hasValueSatisfying(view -> {
                    assertThat(view.id()).isEqualTo(account);
                    assertThat(view.address().original()).isEqualTo("Ada@Example.org");
                    assertThat(view.name()).isEqualTo("Ada");
                    assertThat(view.state()).isEqualTo(AccountState.ACTIVE);
                    assertThat(view.language()).isEqualTo(Locale.GERMAN);
                });
        assertThat(world.events(AccountOpened.class)).singleElement().satisfies(opened -> {
            assertThat(opened.interests()).containsExactly("weekly");
            assertThat(opened.account()).isEqualTo(account);
        });
        assertThatThrownBy(() -> registrations.find(token)).isInstanceOf(LinkNotValid.class);
    }

    @Test
    void lookingAtLinkChangesNothing() {
        String token = world.requested(ADA);
        Registrations registrations = world.the(Registrations.class);

        for (int i = 0; i < 5; i++) {
            assertThat(registrations.find(token).proved()).isFalse();
        }

        assertThat(registrations.prove(token).address().original()).isEqualTo(ADA);
    }

    @Test
    void eitherOfTwoLinksWorksAndKillsTheOther() {
        String first = world.requested(ADA);
        String second = world.requested(ADA);
        Registrations registrations = world.the(Registrations.class);

        registrations.prove(first);
        registrations.prove(second);
        registrations.open(second, "", AccountsWorld.PASSWORD, BY_MAIL, Locale.ENGLISH, Optional.empty());

        assertThatThrownBy(() -> registrations.find(first)).isInstanceOf(LinkNotValid.class);
        assertThatThrownBy(() -> registrations.open(
                        first, "", "another fine long phrase", BY_MAIL, Locale.ENGLISH, Optional.empty()))
                .isInstanceOf(LinkNotValid.class);
        assertThat(world.the(Accounts.class).countActive()).isEqualTo(1);
    }

    @Test
    void opensExactlyOneAccountForParallelConfirmations() throws Exception {
        List<String> tokens = new ArrayList<>();
        for (String spelling : List.of(ADA, "ADA@example.org", "ada@EXAMPLE.org")) {
            tokens.add(world.requested(spelling));
        }
        Registrations registrations = world.the(Registrations.class);
        tokens.forEach(registrations::prove);

        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String token = tokens.get(i % tokens.size());
            attempts.add(() -> {
                try {
                    registrations.open(token, "", AccountsWorld.PASSWORD, BY_MAIL, Locale.ENGLISH, Optional.empty());
                    return true;
                } catch (LinkNotValid e) {
                    return false;
                }
            });
        }
        int opened = 0;
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
                opened += attempt.get() ? 1 : 0;
            }
        } finally {
            threads.shutdown();
        }

        assertThat(opened).isEqualTo(1);
        assertThat(world.the(Accounts.class).countActive()).isEqualTo(1);
    }

    @Test
    void linkDiesAfterADay() {
        String token = world.requested(ADA);

        world.clock.advance(Duration.ofHours(24));

        assertThatThrownBy(() -> world.the(Registrations.class).prove(token)).isInstanceOf(LinkNotValid.class);
    }

    @Test
    void tellsHolderOncePerDayAndChangesNothing() {
        AccountId account = world.anAccount(ADA);
        world.outbox.clear();

        for (int i = 0; i < 5; i++) {
            world.the(Registrations.class)
                    .request(EmailAddress.parse(ADA), Locale.ENGLISH, Set.of(), AccountsWorld.CLIENT);
            world.answerRequests();
        }

        assertThat(world.purposesTo(ADA)).containsExactly("account-exists");
        assertThat(world.the(Accounts.class).find(account)).isPresent();
    }

    @Test
    void sendsAtMostThreeLinksAnHour() {
        for (int i = 0; i < 20; i++) {
            world.the(Registrations.class)
                    .request(EmailAddress.parse(ADA), Locale.ENGLISH, Set.of(), from("198.51." + i + ".7"));
        }
        world.answerRequests();
        assertThat(world.purposesTo(ADA)).hasSize(3);

        world.clock.advance(Duration.ofHours(1));
        world.the(Registrations.class).request(EmailAddress.parse(ADA), Locale.ENGLISH, Set.of(), AccountsWorld.CLIENT);
        world.answerRequests();
        assertThat(world.purposesTo(ADA)).hasSize(4);
    }

    private static Client from(String address) {
        return new Client(address, "");
    }

    /** SEC-23: whoever asks for them, from however many networks, and however the mailbox is tagged. */
    @Test
    void sendsAtMostSixLinksADayToOneMailboxWithItsTags_REVL2() {
        for (int hour = 0; hour < 23; hour++) {
            for (int i = 0; i < 4; i++) {
                String tagged = i == 0 ? ADA : "ada+" + hour + "x" + i + "@example.org";
                world.the(Registrations.class)
                        .request(
                                EmailAddress.parse(tagged),
                                Locale.ENGLISH,
                                Set.of(),
                                from("198.51." + (4 * hour + i) + ".7"));
            }
            world.answerRequests();
            world.clock.advance(Duration.ofHours(1));
        }

        assertThat(world.outbox.lettersFor("registration-confirmation")).hasSize(6);
    }

    /** REV-H2: one network is left two of the three, and three of the six. */
    @Test
    void leavesTheHolderAMailWhateverOneStrangerAsksFor_REVH2() {
        world.anAccount(ADA);
        world.outbox.clear();
        Client stranger = from("198.51.100.7");
        for (int hour = 0; hour < 8; hour++) {
            for (int i = 0; i < 5; i++) {
                askForReset(ADA, stranger);
            }
            world.clock.advance(Duration.ofMinutes(61));
            world.answerRequests();
        }
        for (int i = 0; i < 2; i++) {
            askForReset(ADA, stranger);
        }
        int before = world.purposesTo(ADA).size();
        assertThat(before).isEqualTo(3);

        askForReset(ADA, AccountsWorld.CLIENT);

        assertThat(world.purposesTo(ADA)).hasSize(before + 1);
    }

    /** REV-H2: a reset asked for when the mailbox has had enough comes at the next chance, once for all who wait. */
    @Test
    void mailsTheLinkAtTheNextChanceWhenTheHourIsUsedUp_REVH2() {
        world.anAccount(ADA);
        world.outbox.clear();
        for (int i = 0; i < 9; i++) {
            askForReset(ADA, from("198.51." + i + ".7"));
        }
        assertThat(world.purposesTo(ADA)).hasSize(3);
        world.clock.advance(Duration.ofMinutes(30));
        askForReset(ADA, AccountsWorld.CLIENT);
        assertThat(world.purposesTo(ADA)).hasSize(3);

        world.clock.advance(Duration.ofMinutes(31));
        world.answerRequests();

        assertThat(world.purposesTo(ADA)).hasSize(4);
        world.the(Passwords.class).reset(world.newestToken(), "a new fine phrase", AccountsWorld.CLIENT);
    }

    /** REV-H2: also after the day's are used up, by however many strangers. */
    @Test
    void mailsALinkEveryTwoHoursAtTheLatestHoweverManyAskForIt_REVH2() {
        world.anAccount(ADA);
        int network = 0;
        for (int hour = 0; hour < 20; hour++) {
            for (int i = 0; i < 5; i++) {
                askForReset(ADA, from("198." + (18 + network / 250) + "." + network++ % 250 + ".7"));
            }
            world.clock.advance(Duration.ofHours(1));
        }
        world.outbox.clear();

        askForReset(ADA, AccountsWorld.CLIENT);
        world.clock.advance(Duration.ofHours(2));
        world.answerRequests();

        assertThat(world.purposesTo(ADA)).contains("password-reset").hasSizeLessThanOrEqualTo(2);
    }

    /** REV-H2, REV-L1: what her own browser asks for is nobody else's to use up, neither by the address nor by the network. */
    @Test
    void answersABrowserThatIsKnownWhateverStrangersAskFor_REVH2() {
        world.anAccount(ADA);
        Client own = known(world.signedIn(ADA));
        for (int i = 0; i < 100; i++) {
            askForResetOrNot(ADA, AccountsWorld.CLIENT);
            askForResetOrNot(ADA, from("198.51." + i + ".7"));
        }
        world.outbox.clear();

        askForReset(ADA, own);

        assertThat(world.purposesTo(ADA)).containsExactly("password-reset");
    }

    private static Client known(SignIn.SignedIn in) {
        return new Client(AccountsWorld.CLIENT.address(), AccountsWorld.CLIENT.userAgent(), in.known());
    }

    private void askForResetOrNot(String address, Client client) {
        try {
            askForReset(address, client);
        } catch (AskedTooOften e) {
            assertThat(e.retryAfter()).isPositive();
        }
    }

    /** REV-L1: the first of every network comes before the second of any. */
    @Test
    void answersEveryNetworksFirstBeforeAnyNetworksSecond_REVL1() {
        for (int i = 0; i < 30; i++) {
            ask("flood" + i + "@example.org", from("198.51.100.7"));
        }
        ask(ADA, AccountsWorld.CLIENT);

        world.answerRequests();

        assertThat(world.outbox.lettersFor("registration-confirmation"))
                .extracting(letter -> letter.to().canonical())
                .startsWith("flood0@example.org", ADA, "flood1@example.org");
    }

    private void ask(String address, Client client) {
        world.the(Registrations.class).request(EmailAddress.parse(address), Locale.ENGLISH, Set.of(), client);
    }

    /** REV-L1: what the site may send in an hour holds up, is said, and drops nobody. */
    @Test
    void holdsWhatIsBeyondTheSitesHourAndSaysSo_REVL1() throws SQLException {
        world.anAccount(ADA);
        Client own = known(world.signedIn(ADA));
        sql("update accounts.limit_count set used = 20000 where name = 'mail site'");
        world.outbox.clear();

        ask("new@example.org", from("198.51.100.7"));
        world.answerRequests();
        askForReset(ADA, own);

        assertThat(world.purposesTo("new@example.org")).isEmpty();
        assertThat(world.purposesTo(ADA)).as("known").containsExactly("password-reset");
        assertThat(world.the(FormMail.class).requests()).isEqualTo(new FormMail.Requests(1, true));
        world.clock.advance(Duration.ofMinutes(61));
        world.answerRequests();
        assertThat(world.purposesTo("new@example.org")).hasSize(1);
        assertThat(world.the(FormMail.class).requests()).isEqualTo(new FormMail.Requests(0, false));
    }

    /** SEC-21, SEC-23: a network that may cause no more mails spends nobody's. */
    @Test
    void leavesTheHolderHerMailsWhenAStrangersNetworkHasNoneLeft() {
        world.anAccount(ADA);
        world.outbox.clear();
        Client stranger = new Client("198.51.100.7", "");
        for (int i = 0; i < 60; i++) {
            askForReset("nobody" + i + "@example.org", stranger);
        }
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> askForReset(ADA, stranger))
                    .as("it is told, whoever it asks for")
                    .isInstanceOf(AskedTooOften.class);
        }
        assertThat(world.purposesTo(ADA)).isEmpty();

        askForReset(ADA, AccountsWorld.CLIENT);
        assertThat(world.purposesTo(ADA)).containsExactly("password-reset");
    }

    private void askForReset(String address, Client client) {
        world.the(Passwords.class).requestReset(EmailAddress.parse(address), Locale.ENGLISH, client);
        world.answerRequests();
    }

    @Test
    void answersNobodyWhoAskedADayAgo() {
        world.the(Registrations.class).request(EmailAddress.parse(ADA), Locale.ENGLISH, Set.of(), AccountsWorld.CLIENT);
        world.clock.advance(Duration.ofHours(25));
        world.answerRequests();

        assertThat(world.purposesTo(ADA)).isEmpty();
        askForRegistration();
        assertThat(world.purposesTo(ADA)).hasSize(1);
    }

    private void askForRegistration() {
        world.the(Registrations.class).request(EmailAddress.parse(ADA), Locale.ENGLISH, Set.of(), AccountsWorld.CLIENT);
        world.answerRequests();
    }

    @Test
    void letsOneNetworkCauseSixtyFormMailsAnHour() {
        FormMail formMail = world.the(FormMail.class);
        for (int i = 0; i < 60; i++) {
            formMail.admit(formMail.networkOf(from("198.51.100." + i)));
        }

        assertThatThrownBy(() -> formMail.admit(formMail.networkOf(from("198.51.100.200"))))
                .isInstanceOf(AskedTooOften.class);
        formMail.admit(formMail.networkOf(from("198.51.101.1")));
        world.clock.advance(Duration.ofHours(1));
        formMail.admit(formMail.networkOf(from("198.51.100.200")));
    }

    /** REV-L2: the same for mails of other modules. */
    @Test
    void letsFormsOfOthersReachAMailboxThreeTimesAnHourAndSixTimesADay_REVL2() {
        FormMail formMail = world.the(FormMail.class);
        int reached = 0;
        for (int i = 0; i < 40; i++) {
            EmailAddress tagged = EmailAddress.parse("ada+" + i + "@example.org");
            reached += formMail.mayReach(tagged, formMail.networkOf(from("198.51." + i + ".1"))) ? 1 : 0;
            world.clock.advance(Duration.ofMinutes(10));
            assertThat(reached).isLessThanOrEqualTo(i < 6 ? 3 : 6);
        }

        assertThat(reached).isEqualTo(6);
        assertThat(formMail.mayReach(EmailAddress.parse("bob@example.org"), formMail.networkOf(from("198.51.1.1"))))
                .isTrue();
    }

    @Test
    void refusesBadValuesAndKeepsTheLink() {
        String token = world.requested(ADA);
        Registrations registrations = world.the(Registrations.class);
        registrations.prove(token);

        assertThatThrownBy(() -> registrations.open(token, "", "short", BY_MAIL, Locale.ENGLISH, Optional.empty()))
                .isInstanceOf(PasswordRejected.class);
        assertThatThrownBy(() -> registrations.open(
                        token,
                        "",
                        AccountsWorld.PASSWORD,
                        new ContactWishes(true, true, "call me"),
                        Locale.ENGLISH,
                        Optional.empty()))
                .isInstanceOf(PhoneRejected.class);

        assertThat(registrations.open(token, "", AccountsWorld.PASSWORD, BY_MAIL, Locale.ENGLISH, Optional.empty()))
                .isNotNull();
    }

    @Test
    void registrationStandsUntilAccountOpens() {
        world.anAccount(ADA);
        String token = world.requested("bob@example.org");
        var letter = world.outbox.newest();
        RegistrationStanding standing = world.bean(RegistrationStanding.class);

        assertThat(letter.realm()).isEqualTo("registration");
        assertThat(standing.statesOf(List.of(letter.person())))
                .containsExactly(Map.entry(letter.person(), PersonState.REGISTRATION));
        world.the(Registrations.class).prove(token);
        world.the(Registrations.class)
                .open(token, "", AccountsWorld.PASSWORD, BY_MAIL, Locale.ENGLISH, Optional.empty());
        assertThat(standing.statesOf(List.of(letter.person()))).isEmpty();
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

    // Passwords

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

    private String aToken(AccountId account, String label) {
        return world.the(ApiTokens.class)
                .create(
                        account,
                        label,
                        Set.of(ApiTokens.Scope.SUBSCRIBERS),
                        world.clock.now().plusDays(30),
                        AccountsWorld.CLIENT);
    }

    /** What stands in a mail, its slots filled. */
    private static String textOf(Letter letter) {
        String text = letter.subject() + " " + letter.body();
        for (Map.Entry<String, String> slot : letter.slots().entrySet()) {
            text = text.replace("{{" + slot.getKey() + "}}", slot.getValue());
        }
        return text;
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

    /** REV-M2: no word of whoever asks stands in a mail to a mailbox that is not proved. */
    @Test
    void noNameGoesToAMailboxThatIsNotProved_REVM2() {
        AccountId account = world.anAccount(ADA, "You won");
        AddressChanges changes = world.the(AddressChanges.class);

        changes.request(account, EmailAddress.parse("victim@example.net"), AccountsWorld.CLIENT);
        Letter proof = world.outbox.newest();
        changes.confirm(world.newestToken(), AccountsWorld.CLIENT);
        Letter toFormer = world.outbox.newest();

        assertThat(List.of(proof, toFormer)).allSatisfy(letter -> {
            assertThat(letter.name()).isEmpty();
            assertThat(textOf(letter)).doesNotContain("You won");
        });
        assertThatThrownBy(() -> world.the(Profiles.class)
                        .correct(account, "Open http://evil.example/prize", Locale.ENGLISH, BY_MAIL, Optional.empty()))
                .isInstanceOf(NameRejected.class);
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
    void linksServeTheirPurposeOnly() {
        world.anAccount(ADA);
        String registration = world.requested("bob@example.org");
        world.the(Passwords.class).requestReset(EmailAddress.parse(ADA), Locale.ENGLISH, AccountsWorld.CLIENT);
        world.answerRequests();
        String reset = world.newestToken();

        assertThatThrownBy(() -> world.the(Passwords.class).checkReset(registration))
                .isInstanceOf(LinkNotValid.class);
        assertThatThrownBy(() -> world.the(AddressChanges.class).confirm(reset, AccountsWorld.CLIENT))
                .isInstanceOf(LinkNotValid.class);
        assertThatThrownBy(() -> world.the(Closing.class).checkReactivation(reset))
                .isInstanceOf(LinkNotValid.class);
        world.the(Passwords.class).checkReset(reset);
    }

    @Test
    void keepsNoTokenInTheClear() throws SQLException {
        AccountId account = world.anAdministrator(ADA, Role.PUBLISHER);
        List<String> secrets = new ArrayList<>(List.of(AccountsWorld.PASSWORD));
        SignIn.SignedIn in = world.signedIn(ADA);
        secrets.add(in.token());
        secrets.add(in.known());
        secrets.add(world.requested("bob@example.org"));
        world.the(Passwords.class).requestReset(EmailAddress.parse(ADA), Locale.ENGLISH, AccountsWorld.CLIENT);
        world.answerRequests();
        secrets.add(world.newestToken());
        secrets.add(world.the(ApiTokens.class)
                .create(
                        account,
                        "ci",
                        Set.of(ApiTokens.Scope.SUBSCRIBERS),
                        world.clock.now().plusDays(1),
                        AccountsWorld.CLIENT));

        String dump = dump();

        assertThat(secrets).allSatisfy(secret -> assertThat(dump).doesNotContain(secret));
        assertThat(dump).contains("$argon2id$v=19$m=12288,t=3,p=1$");
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

    // Profile and address

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

    private void livesIn(AccountId account, Optional<ZoneId> zone) {
        world.the(Profiles.class).correct(account, "Ada", Locale.ENGLISH, BY_MAIL, zone);
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

    @Test
    void takenAddressLooksTheSame() {
        AccountId account = world.anAccount(ADA);
        world.anAccount("bob@example.org");

        world.the(AddressChanges.class).request(account, EmailAddress.parse("bob@example.org"), AccountsWorld.CLIENT);

        assertThat(world.purposesTo("bob@example.org")).contains("account-exists");
        assertThat(world.tokensFor("address-change")).isEmpty();
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

    @Test
    void tellsThatAnAccountWasOpenedAndAnAddressConfirmed_MBR07() {
        UsedLinks used = world.the(UsedLinks.class);
        String opening = world.requested(ADA);
        world.the(Registrations.class).prove(opening);
        AccountId account = world.the(Registrations.class)
                .open(opening, "Ada", AccountsWorld.PASSWORD, BY_MAIL, Locale.ENGLISH, Optional.empty());
        world.the(AddressChanges.class).request(account, EmailAddress.parse("new@example.org"), AccountsWorld.CLIENT);
        String changing = world.newestToken();
        world.the(AddressChanges.class).confirm(changing, AccountsWorld.CLIENT);

        assertThat(used.deedOf(opening)).contains(UsedLinks.Deed.ACCOUNT_OPENED);
        assertThat(used.deedOf(changing)).contains(UsedLinks.Deed.ADDRESS_CHANGED);
    }

    // After mail came back

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

    private void bounced(EmailAddress address) {
        world.suppressed.suppress(address, SuppressedAddresses.Reason.HARD_BOUNCED);
    }

    // Leaving

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

    private AccountId anOfficer(String address) {
        return world.anAdministrator(address, Role.PRIVACY_OFFICER);
    }

    /** Newest first. */
    private List<String> actionsOn(AccountId account) {
        return world.the(AuditLog.class).newest(Optional.of("account"), Optional.of(account.value()), 10).stream()
                .map(AuditLog.AuditEntry::action)
                .toList();
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

    private void reactivate(String address) {
        world.the(Closing.class).requestReactivation(EmailAddress.parse(address), Locale.ENGLISH, AccountsWorld.CLIENT);
        world.answerRequests();
        world.the(Closing.class).reactivate(world.newestToken(), AccountsWorld.PASSWORD, AccountsWorld.CLIENT);
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

    @Test
    void erasedAddressMayRegisterAgain() {
        world.the(Closing.class).erase(world.anAccount(ADA));

        assertThat(world.anAccount(ADA)).isNotNull();
    }

    // Export

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

    // Staff

    @Test
    void setsUpFirstAdministratorOnce() {
        FirstAdministrator first = world.the(FirstAdministrator.class);
        String dead = first.newToken().orElseThrow();
        String good = first.newToken().orElseThrow();

        assertThatThrownBy(() -> first.check(dead)).isInstanceOf(LinkNotValid.class);
        AccountId root = first.open(
                good, EmailAddress.parse("root@example.org"), "Root", AccountsWorld.PASSWORD, Set.of(), Locale.ENGLISH);

        assertThat(world.the(Accounts.class).find(root).orElseThrow().roles()).containsExactly(Role.ADMINISTRATOR);
        assertThatThrownBy(() -> first.check(good)).isInstanceOf(LinkNotValid.class);
        assertThat(first.newToken()).isEmpty();
    }

    @Test
    void setupLinkDiesAfterAnHour() {
        String token = world.the(FirstAdministrator.class).newToken().orElseThrow();

        world.clock.advance(Duration.ofHours(1));

        assertThatThrownBy(() -> world.the(FirstAdministrator.class).check(token))
                .isInstanceOf(LinkNotValid.class);
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

    // Audience

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

    // Retention

    @Test
    void deletesWhatHasServed() throws SQLException {
        world.anAccount(ADA);
        world.requested("pending@example.org");
        world.signedIn(ADA);
        world.the(Passwords.class).requestReset(EmailAddress.parse(ADA), Locale.ENGLISH, AccountsWorld.CLIENT);
        world.answerRequests();

        world.clock.advance(Duration.ofDays(31));
        world.tidy();

        for (String table : List.of("registration", "mail_link", "session", "link_request", "limit_count")) {
            assertThat(count("select count(*) from accounts." + table))
                    .as(table)
                    .isZero();
        }
        assertThat(world.the(Accounts.class).countActive()).isEqualTo(1);
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.createStatement().executeUpdate(statement);
        }
    }

    private String dump() throws SQLException {
        StringBuilder dump = new StringBuilder();
        try (Connection connection = database.dataSource().getConnection()) {
            for (String table : TABLES) {
                try (ResultSet rows = connection.createStatement().executeQuery("select * from accounts." + table)) {
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            dump.append(rows.getString(i)).append('|');
                        }
                        dump.append('\n');
                    }
                }
            }
        }
        return dump.toString();
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
