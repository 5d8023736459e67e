package org.tidings.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountOpened;
import org.tidings.accounts.AccountState;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.AddressChanges;
import org.tidings.accounts.ApiTokens;
import org.tidings.accounts.Closing;
import org.tidings.accounts.ContactWishes;
import org.tidings.accounts.FirstAdministrator;
import org.tidings.accounts.LinkNotValid;
import org.tidings.accounts.NameRejected;
import org.tidings.accounts.PasswordRejected;
import org.tidings.accounts.Passwords;
import org.tidings.accounts.PhoneRejected;
import org.tidings.accounts.Profiles;
import org.tidings.accounts.Registrations;
import org.tidings.accounts.Role;
import org.tidings.accounts.SignIn;
import org.tidings.accounts.UsedLinks;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.PersonState;
import org.tidings.mail.testing.TestDatabase;

/** From an address to an account: registration, its links, the first administrator. */
abstract class RegisteringContract extends AccountsContract {

    RegisteringContract(TestDatabase database) {
        super(database);
    }

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
}
