package org.tidings.newsletter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tidings.accounts.AccountChanged;
import org.tidings.accounts.AccountDeactivated;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountOpened;
import org.tidings.accounts.AccountState;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.MailKind;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.Preferences.Behind;
import org.tidings.newsletter.Preferences.Kind;
import org.tidings.newsletter.SittingOver;
import org.tidings.newsletter.Sittings.Sheet;
import org.tidings.newsletter.Sittings.State;
import org.tidings.newsletter.SubscriptionState;

/** What the link in a newsletter may do (REV-M6, MBR-03), and what takes a link that was mailed a moment ago; the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SittingsContract {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    @SuppressWarnings("NullAway.Init") // set before the first test
    private House house;

    abstract TestDatabase open();

    @BeforeAll
    void build() {
        house = new House(open());
    }

    @AfterAll
    void close() {
        house.close();
    }

    private Behind behind(String token) {
        return house.database.call(() -> house.preferences.behind(token));
    }

    private Sheet sheet(String token) {
        return house.database.call(() -> house.sittings.sheet(token, House.BROWSER));
    }

    private State stateOf(String token, String browser) {
        return house.database.call(() -> house.sittings.stateOf(token, browser));
    }

    private void ask(EmailAddress address, String network) {
        house.database.inTransaction(() -> house.sittings.request(address, Locale.ENGLISH, network));
        house.answer();
    }

    private List<String> mailsTo(EmailAddress address) {
        return house.outbox.lettersTo(address.canonical()).stream()
                .map(Letter::purpose)
                .toList();
    }

    private AccountId holder(EmailAddress address, NewsletterId newsletter) {
        AccountId account = house.accounts.open(address.original(), "Ada");
        house.database.inTransaction(() -> house.facts.opened(new AccountOpened(
                account,
                address,
                "Ada",
                Locale.ENGLISH,
                Optional.empty(),
                Set.of(newsletter.value().toString()),
                house.clock.now())));
        return account;
    }

    private void moves(AccountId account, EmailAddress from, EmailAddress to) {
        house.database.inTransaction(() -> house.facts.changed(
                new AccountChanged(account, to, from, "Ada", Locale.ENGLISH, Optional.empty(), house.clock.now())));
    }

    // By the link in a newsletter

    @Test
    void showsThisNewsletterAndHalfTheAddressAndJoinsOnlyByMail_REVM6() {
        NewsletterId news = house.newsletter("News");
        NewsletterId other = house.newsletter("Other");
        EmailAddress ada = house.reader(news);
        house.request(other, ada);
        house.database.inTransaction(() -> house.subscriptions.confirm(house.tokenOfNewestLink()));
        String token = house.token(ada, news);

        Behind behind = behind(token);

        assertThat(behind.kind()).isEqualTo(Kind.OWN);
        assertThat(behind.maskedAddress()).isEqualTo("r…@example.org");
        assertThat(behind.subscription())
                .hasValueSatisfying(s -> assertThat(s.newsletter().id()).isEqualTo(news));
        assertThat(behind.toString()).doesNotContain(other.value().toString(), ada.original());

        house.database.inTransaction(() -> house.preferences.unsubscribe(token, Means.PREFERENCES));
        assertThat(house.entry(ada, other).state()).isEqualTo(SubscriptionState.CONFIRMED);
        house.database.inTransaction(() -> house.preferences.request(token, "somewhere"));
        house.answer();
        assertThat(house.entry(ada, news).state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        assertThat(mailsTo(ada)).last().isEqualTo("subscription-confirmation");
    }

    @Test
    void mailsTheLinkToEverythingToTheAddressAlone_REVM6() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = house.reader(news);

        house.database.inTransaction(() -> house.preferences.requestEverything(house.token(ada, news), "somewhere"));
        house.answer();

        assertThat(house.outbox.newest().to()).isEqualTo(ada);
        assertThat(house.outbox.newestLink()).startsWith("https://tidings.example/manage/link/");
    }

    @Test
    void showsNothingOfAnAddressGivenUpAndEndsTheSubscriptionAllTheSame_REVM6() {
        NewsletterId news = house.newsletter("News");
        EmailAddress before = House.address();
        EmailAddress after = House.address();
        AccountId account = holder(before, news);
        String old = house.token(before, news);
        String older = house.tokens.tokenFor(house.entry(before, news).id());
        assertThat(behind(old).kind()).isEqualTo(Kind.OWN);
        assertThat(behind(older).kind()).as("sent before tokens were bound").isEqualTo(Kind.OWN);

        moves(account, before, after);

        for (String token : List.of(old, older)) {
            assertThat(behind(token)).isEqualTo(new Behind(Kind.MOVED, Optional.empty(), "", false));
            assertThat(house.database.call(() -> house.preferences.mended(token.substring(0, 36))))
                    .isEmpty();
        }
        house.database.inTransaction(() -> house.preferences.requestEverything(old, "somewhere"));
        house.answer();
        assertThat(mailsTo(after)).isEmpty();
        assertThat(behind(house.token(after, news)).kind()).isEqualTo(Kind.OWN);
        assertThat(house.database.call(() -> house.preferences.unsubscribe(old, Means.ONE_CLICK)))
                .isTrue();
        assertThat(house.entry(after, news).state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
    }

    @Test
    void showsNothingForATestMailsLink() {
        NewsletterId news = house.newsletter("News");

        assertThat(behind(house.tokens.tokenFor(news.value())).kind()).isEqualTo(Kind.NOBODYS);
    }

    /** REP-12. */
    @Test
    void findsTheSubscriptionOfALinkThatWasCutOrLostItsCapitals_REP12() {
        NewsletterId news = house.newsletter("News");
        for (int i = 0; i < 5; i++) {
            EmailAddress ada = house.reader(news);
            String token = house.token(ada, news);
            for (String damaged : List.of(
                    token.substring(0, 42),
                    token.substring(0, 38),
                    token.substring(0, 33),
                    token.toLowerCase(Locale.ROOT),
                    token.toUpperCase(Locale.ROOT),
                    token.toLowerCase(Locale.ROOT).substring(0, 40))) {
                assertThat(behind(damaged).kind()).isEqualTo(Kind.FOREIGN);
                assertThat(house.database.call(() -> house.preferences.mended(damaged)))
                        .as(damaged)
                        .contains(token);
            }
            assertThat(house.database.call(
                            () -> house.preferences.unsubscribe(token.toLowerCase(Locale.ROOT), Means.ONE_CLICK)))
                    .isTrue();
            assertThat(house.entry(ada, news).state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        }
    }

    @Test
    void findsNobodyByWhatIsLeftOfTooLittle_REP12() {
        NewsletterId news = house.newsletter("News");
        String token = house.token(house.reader(news), news);
        byte[] bytes = Base64.getUrlDecoder().decode(token);
        bytes[17] ^= 1;
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

        for (String damaged : List.of(
                token.substring(0, 31),
                token.substring(1),
                "a".repeat(43),
                forged,
                forged.substring(0, 36),
                forged.toLowerCase(Locale.ROOT),
                token.substring(0, 20)
                        + token.substring(20).toLowerCase(Locale.ROOT).replaceAll(".$", "!"))) {
            assertThat(house.database.call(() -> house.preferences.mended(damaged)))
                    .as(damaged)
                    .isEmpty();
        }
    }

    @Test
    void aMailServerMayWriteTheUnsubscribeAddressInSmallLetters_REP12() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = house.reader(news);
        String address = "unsub+" + house.token(ada, news).toLowerCase(Locale.ROOT) + "@example.com";

        assertThat(house.mailbox.takes(address)).isTrue();
        house.database.inTransaction(() -> house.mailbox.came(address));

        assertThat(house.entry(ada, news).reason()).isEqualTo(Means.MAILTO);
    }

    // Asking for the link

    @Test
    void mailsTheLinkToReadersAndHoldersAndToNobodyElse() {
        NewsletterId news = house.newsletter("News");
        EmailAddress reader = house.reader(news);
        EmailAddress left = house.reader(news);
        house.database.inTransaction(() -> house.preferences.unsubscribe(house.token(left, news), Means.LINK));
        EmailAddress holder = House.address();
        house.accounts.open(holder.original(), "Ada");
        EmailAddress unknown = House.address();

        for (EmailAddress address : List.of(reader, left, holder, unknown)) {
            ask(address, "somewhere");
        }

        assertThat(mailsTo(reader)).last().isEqualTo("subscriber-link");
        assertThat(house.outbox.lettersTo(reader.canonical()))
                .last()
                .satisfies(letter -> assertThat(letter.kind()).isEqualTo(MailKind.SUBSCRIPTION_CONFIRMATION));
        assertThat(mailsTo(left)).last().isEqualTo("subscriber-link");
        assertThat(mailsTo(holder)).containsExactly("subscriber-link");
        assertThat(mailsTo(unknown)).isEmpty();
        assertThat(house.database.call(() -> house.book.byAddress(unknown))).isEmpty();
    }

    @Test
    void mailsWhoHasNotConfirmedThatLinkAgain() {
        NewsletterId news = house.newsletter("News");
        EmailAddress asked = House.address();
        house.request(news, asked);

        ask(asked, "somewhere");

        assertThat(mailsTo(asked)).containsExactly("subscription-confirmation", "subscription-confirmation");
    }

    @Test
    void tellsHolderOfDeactivatedAccountHowToComeBack() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = House.address();
        AccountId account = holder(ada, news);
        String sitting = house.sitting(ada);
        house.accounts.put(account, AccountState.DEACTIVATED, ada.original(), "Ada");
        house.database.inTransaction(
                () -> house.facts.deactivated(new AccountDeactivated(account, ada, house.clock.now())));

        ask(ada, "somewhere");

        assertThat(mailsTo(ada)).last().isEqualTo("subscription-while-deactivated");
        assertThat(stateOf(sitting, House.BROWSER)).isEqualTo(State.OVER);
    }

    @Test
    void mailsAtMostThreeLinksADayAndCountsTheNetworkFirst_SEC23() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = house.reader(news);
        house.formMail.exhausted.add("a joker's");

        for (int i = 0; i < 5; i++) {
            ask(ada, "a joker's");
        }
        assertThat(mailsTo(ada)).doesNotContain("subscriber-link");
        for (int i = 0; i < 5; i++) {
            ask(ada, "somewhere");
        }
        assertThat(mailsTo(ada)).filteredOn("subscriber-link"::equals).hasSize(3);

        house.clock.advance(Duration.ofHours(25));
        house.database.inTransaction(house.housekeeping::tidyUp);
        ask(ada, "somewhere");
        assertThat(mailsTo(ada)).filteredOn("subscriber-link"::equals).hasSize(4);
    }

    // The sitting

    @Test
    void opensOnceInOneBrowserForAnHour() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = house.reader(news);
        ask(ada, "somewhere");
        String token = house.tokenOfNewestLink();
        assertThat(stateOf(token, House.BROWSER)).isEqualTo(State.NEW);
        assertThatThrownBy(() -> sheet(token)).as("looking opens nothing").isInstanceOf(SittingOver.class);
        house.clock.advance(Duration.ofMinutes(59));

        house.database.inTransaction(() -> house.sittings.open(token, House.BROWSER));
        house.database.inTransaction(() -> house.sittings.open(token, House.BROWSER));

        assertThat(stateOf(token, House.BROWSER)).isEqualTo(State.OPEN);
        assertThat(stateOf(token, "another browser")).isEqualTo(State.OVER);
        assertThatThrownBy(() -> house.database.inTransaction(() -> house.sittings.open(token, "another browser")))
                .isInstanceOf(SittingOver.class);
        assertThatThrownBy(() -> house.database.call(() -> house.sittings.sheet(token, "another browser")))
                .isInstanceOf(SittingOver.class);
        assertThatThrownBy(() -> house.database.call(() -> house.sittings.sheet(token, "")))
                .isInstanceOf(SittingOver.class);
        assertThat(sheet(token).address()).isEqualTo(ada.original());
        house.clock.advance(Duration.ofMinutes(61));
        assertThat(stateOf(token, House.BROWSER)).isEqualTo(State.OVER);
    }

    @Test
    void aLinkThatNobodyOpenedIsOverAfterAnHour() {
        NewsletterId news = house.newsletter("News");
        ask(house.reader(news), "somewhere");
        String token = house.tokenOfNewestLink();

        house.clock.advance(Duration.ofMinutes(61));

        assertThat(stateOf(token, House.BROWSER)).isEqualTo(State.OVER);
        assertThatThrownBy(() -> house.database.inTransaction(() -> house.sittings.open(token, House.BROWSER)))
                .isInstanceOf(SittingOver.class);
    }

    @Test
    void endsWithAChangeOfAddress() {
        NewsletterId news = house.newsletter("News");
        EmailAddress before = House.address();
        AccountId account = holder(before, news);
        String open = house.sitting(before);
        ask(before, "somewhere");
        String waiting = house.tokenOfNewestLink();

        moves(account, before, House.address());

        assertThat(stateOf(open, House.BROWSER)).isEqualTo(State.OVER);
        assertThat(stateOf(waiting, House.BROWSER)).isEqualTo(State.OVER);
    }

    @Test
    void choosesAmongAllNewslettersWithConsentOnRecord() {
        NewsletterId news = house.newsletter("News");
        NewsletterId other = house.newsletter("Other");
        NewsletterId closed = house.newsletter("Closed", false);
        EmailAddress ada = house.reader(news);
        String token = house.sitting(ada);

        house.database.inTransaction(
                () -> house.sittings.choose(token, House.BROWSER, Set.of(other, closed), Locale.ENGLISH));

        assertThat(house.entry(ada, news).state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        assertThat(house.entry(ada, other).state()).isEqualTo(SubscriptionState.CONFIRMED);
        assertThat(sheet(token).choices())
                .noneMatch(choice -> choice.newsletter().id().equals(closed));
        assertThat(house.database.call(
                        () -> house.book.consents(house.entry(ada, news).subscriber())))
                .anyMatch(consent -> consent.given()
                        && consent.newsletter().equals(other)
                        && consent.means() == Means.PREFERENCES
                        && consent.wording().isPresent());
        house.database.inTransaction(() -> house.sittings.unsubscribeAll(token, House.BROWSER));
        assertThat(house.entry(ada, other).state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
    }

    @Test
    void keepsLanguageAndTimeZoneThatAVisitorSays() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = house.reader(news);
        String token = house.sitting(ada);

        assertThat(house.database.call(
                        () -> house.sittings.describe(token, House.BROWSER, Locale.GERMAN, Optional.of(TOKYO))))
                .isTrue();

        assertThat(sheet(token).zone()).contains(TOKYO);
        assertThat(sheet(token).language()).isEqualTo(Locale.GERMAN);
    }

    @Test
    void copiesEverythingThatIsStoredAboutAVisitor() {
        NewsletterId news = house.newsletter("Copied News");
        EmailAddress ada = house.reader(news);
        String token = house.sitting(ada);

        String copy = house.database
                .call(() -> house.sittings.copy(token, House.BROWSER))
                .toString();

        assertThat(copy)
                .contains(
                        ada.original(),
                        "Copied News",
                        "CONFIRMED",
                        "DOUBLE_OPT_IN",
                        "issues",
                        "subscription-confirmation",
                        "subscriber-link")
                .doesNotContain(token);
    }

    @Test
    void erasesVisitorWithAReceiptButNotAnAccountHolder_MBR03() {
        NewsletterId news = house.newsletter("News");
        EmailAddress visitor = house.reader(news);
        String link = house.token(visitor, news);
        EmailAddress holder = House.address();
        holder(holder, news);
        String holders = house.sitting(holder);
        String visitors = house.sitting(visitor);
        house.database.inTransaction(() -> house.sittings.describe(
                visitors, House.BROWSER, Locale.ENGLISH, Optional.of(ZoneId.of("Indian/Mauritius"))));

        assertThat(house.database.call(() -> house.sittings.erase(holders, House.BROWSER)))
                .isFalse();
        assertThat(house.database.call(() -> house.sittings.erase(visitors, House.BROWSER)))
                .isTrue();

        assertThat(house.erased).as("in the ledger").contains(visitor).doesNotContain(holder);
        assertThat(house.database.call(() -> house.book.byAddress(visitor))).isEmpty();
        assertThat(mailsTo(visitor)).as("all but the receipt is forgotten").containsExactly("subscriber-erased");
        assertThat(house.outbox.newest().kind()).isEqualTo(MailKind.LAST_RECEIPT);
        assertThat(behind(link).kind()).isEqualTo(Kind.ERASED);
        assertThat(stateOf(visitors, House.BROWSER)).isEqualTo(State.OVER);
        assertThat(house.database.call(() -> house.preferences.unsubscribe(link, Means.ONE_CLICK)))
                .as("the button of the mail program is answered for ever")
                .isTrue();
        assertThat(house.sql.list(
                        "select id from newsletter.subscriber where zone = 'Indian/Mauritius'",
                        row -> row.getString(1)))
                .isEmpty();
        assertThat(house.sql.list(
                        "select s.token_hash from newsletter.sitting s join newsletter.subscriber p on p.id = s.subscriber"
                                + " where p.address is null",
                        row -> row.getString(1)))
                .isEmpty();
    }

    @Test
    void canBeEndedByItsReader() {
        NewsletterId news = house.newsletter("News");
        String token = house.sitting(house.reader(news));

        house.database.inTransaction(() -> house.sittings.end(token, House.BROWSER));

        assertThat(stateOf(token, House.BROWSER)).isEqualTo(State.OVER);
    }

    /** MBR-07: a link that was used, or whose time is over, says what is so. */
    @Test
    void aUsedLinkTellsWhetherItsNewsletterComes_MBR07() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = House.address();
        house.request(news, ada);
        String token = house.tokenOfNewestLink();
        assertThat(house.database.call(() -> house.subscriptions.confirmation(token)))
                .hasValueSatisfying(c -> assertThat(c.subscribed()).isEmpty());

        house.database.inTransaction(() -> house.subscriptions.confirm(token));
        house.clock.advance(Duration.ofHours(25));

        assertThat(house.database.call(() -> house.subscriptions.confirmation(token)))
                .hasValueSatisfying(c -> {
                    assertThat(c.used()).isTrue();
                    assertThat(c.subscribed()).isEqualTo(c.newsletters());
                    assertThat(c.manageUrl()).isPresent();
                });
        house.database.inTransaction(() -> house.preferences.unsubscribe(house.token(ada, news), Means.LINK));
        assertThat(house.database.call(() -> house.subscriptions.confirmation(token)))
                .hasValueSatisfying(c -> assertThat(c.subscribed()).isEmpty());
    }
}
