package org.tidings.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tidings.accounts.AskedTooOften;
import org.tidings.accounts.Client;
import org.tidings.accounts.FormMail;
import org.tidings.accounts.Passwords;
import org.tidings.accounts.Registrations;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.testing.TestDatabase;

/** How many mails forms may cause, and to whom. */
abstract class AskingForMailContract extends AccountsContract {

    AskingForMailContract(TestDatabase database) {
        super(database);
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

    @Test
    void answersNobodyWhoAskedADayAgo() {
        world.the(Registrations.class).request(EmailAddress.parse(ADA), Locale.ENGLISH, Set.of(), AccountsWorld.CLIENT);
        world.clock.advance(Duration.ofHours(25));
        world.answerRequests();

        assertThat(world.purposesTo(ADA)).isEmpty();
        askForRegistration();
        assertThat(world.purposesTo(ADA)).hasSize(1);
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

    private void askForResetOrNot(String address, Client client) {
        try {
            askForReset(address, client);
        } catch (AskedTooOften e) {
            assertThat(e.retryAfter()).isPositive();
        }
    }

    private void askForRegistration() {
        world.the(Registrations.class).request(EmailAddress.parse(ADA), Locale.ENGLISH, Set.of(), AccountsWorld.CLIENT);
        world.answerRequests();
    }
}
