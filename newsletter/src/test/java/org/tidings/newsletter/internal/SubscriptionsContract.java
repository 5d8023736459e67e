package org.tidings.newsletter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tidings.accounts.AccountChanged;
import org.tidings.accounts.AccountDeactivated;
import org.tidings.accounts.AccountErased;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountOpened;
import org.tidings.accounts.AccountReactivated;
import org.tidings.accounts.AccountState;
import org.tidings.accounts.ErasuresRepeated;
import org.tidings.mail.AddressComplained;
import org.tidings.mail.Delivery;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingId;
import org.tidings.mail.PersonState;
import org.tidings.mail.Receiving;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.newsletter.ConsentView;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterAliases;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterUnknown;
import org.tidings.newsletter.Preferences.Kind;
import org.tidings.newsletter.SubscriptionLinkUnusable;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.newsletter.Subscriptions;

/** Joining and leaving, the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SubscriptionsContract {

    @SuppressWarnings("NullAway.Init") // set before the first test
    private House house;

    abstract TestDatabase open();

    @BeforeAll
    void build() {
        house = new House(open());
    }

    @AfterAll
    @SuppressWarnings("NullAway") // not set when the database did not start
    void close() {
        if (house != null) {
            house.close();
        }
    }

    private void request(NewsletterId newsletter, EmailAddress address) {
        house.request(newsletter, address);
    }

    private AccountId opened(EmailAddress address, NewsletterId... interests) {
        AccountId account = house.accounts.open(address.original(), "Ada");
        Set<String> ticked = Set.copyOf(
                List.of(interests).stream().map(n -> n.value().toString()).toList());
        house.database.inTransaction(() -> house.facts.opened(new AccountOpened(
                account, address, "Ada", Locale.ENGLISH, Optional.empty(), ticked, house.clock.now())));
        return account;
    }

    private void deactivate(AccountId account, EmailAddress address) {
        house.accounts.put(account, AccountState.DEACTIVATED, address.original(), "Ada");
        house.database.inTransaction(
                () -> house.facts.deactivated(new AccountDeactivated(account, address, house.clock.now())));
    }

    private void erase(AccountId account, EmailAddress address) {
        house.accounts.remove(account);
        house.database.inTransaction(() -> house.facts.erased(new AccountErased(account, address, house.clock.now())));
    }

    @Test
    void subscribesVisitorOnlyAfterTheMailedLinkIsConfirmed() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = House.address();

        request(news, ada);

        assertThat(house.entry(ada, news).state()).isEqualTo(SubscriptionState.PENDING);
        Letter letter = house.outbox.newest();
        assertThat(letter.kind()).isEqualTo(MailKind.SUBSCRIPTION_CONFIRMATION);
        assertThat(letter.to()).isEqualTo(ada);
        String token = house.tokenOfNewestLink();
        assertThat(token).hasSize(43);
        Subscriptions.Confirmation asked = house.database
                .call(() -> house.subscriptions.confirmation(token))
                .orElseThrow();
        assertThat(house.entry(ada, news).state()).isEqualTo(SubscriptionState.PENDING);

        house.database.inTransaction(() -> house.subscriptions.confirm(token));

        assertThat(house.entry(ada, news).state()).isEqualTo(SubscriptionState.CONFIRMED);
        assertThat(house.database.call(
                        () -> house.book.consents(house.entry(ada, news).subscriber())))
                .as("the words are shown before they are kept, wherever it was asked")
                .first()
                .extracting(consent -> consent.wording().orElseThrow())
                .isEqualTo(asked.wordings().get(news));
        assertThatThrownBy(() -> house.database.inTransaction(() -> house.subscriptions.confirm(token)))
                .isInstanceOf(SubscriptionLinkUnusable.class);
    }

    @Test
    void recordsWhoAgreedToWhichWordsWhenAndHow() {
        NewsletterId news = house.newsletter("Garden News");
        EmailAddress ada = house.reader(news);

        List<ConsentView> consents = house.database.call(
                () -> house.book.consents(house.entry(ada, news).subscriber()));

        assertThat(consents).hasSize(1);
        ConsentView consent = consents.get(0);
        assertThat(consent.given()).isTrue();
        assertThat(consent.at()).isEqualTo(house.clock.now());
        assertThat(consent.means()).isEqualTo(Means.DOUBLE_OPT_IN);
        assertThat(consent.policyVersion()).isEqualTo("2026-01");
        assertThat(consent.wording().orElseThrow().words()).contains("“Garden News”");
        assertThat(consent.wording().orElseThrow().version()).isEqualTo("2026-12");
    }

    @Test
    void refusesExpiredLink() {
        NewsletterId news = house.newsletter("News");
        request(news, House.address());
        String token = house.tokenOfNewestLink();

        house.clock.advance(Duration.ofHours(25));

        assertThatThrownBy(() -> house.database.inTransaction(() -> house.subscriptions.confirm(token)))
                .isInstanceOf(SubscriptionLinkUnusable.class);
        assertThat(house.database
                        .call(() -> house.subscriptions.confirmation(token))
                        .orElseThrow()
                        .expired())
                .isTrue();
    }

    @Test
    void acceptsEitherOfTwoLinksAndThenNoneOfThem() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = House.address();
        request(news, ada);
        String first = house.tokenOfNewestLink();
        request(news, ada);
        String second = house.tokenOfNewestLink();

        house.database.inTransaction(() -> house.subscriptions.confirm(first));

        assertThatThrownBy(() -> house.database.inTransaction(() -> house.subscriptions.confirm(second)))
                .isInstanceOf(SubscriptionLinkUnusable.class);
    }

    @Test
    void sendsAtMostThreeConfirmationsADayToOneAddress() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = House.address();

        for (int i = 0; i < 20; i++) {
            request(news, ada);
        }

        assertThat(house.outbox.lettersTo(ada.canonical())).hasSize(3);
    }

    @Test
    void tellsSubscriberOnceADayThatThereIsNothingToDo() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = house.reader(news);

        request(news, ada);
        request(news, ada);

        assertThat(house.outbox.lettersTo(ada.canonical()).stream().map(Letter::purpose))
                .containsExactly("subscription-confirmation", "subscription-already");
    }

    @Test
    void leavesSubscriptionAloneWhenAStrangerAsksForItsAddress() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = house.reader(news);
        String token = house.token(ada, news);
        house.database.inTransaction(() -> house.preferences.unsubscribe(token, Means.ONE_CLICK));

        request(news, ada);

        assertThat(house.entry(ada, news).state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        house.database.inTransaction(() -> house.subscriptions.confirm(house.tokenOfNewestLink()));
        assertThat(house.entry(ada, news).state()).isEqualTo(SubscriptionState.CONFIRMED);
    }

    @Test
    void passesOverClosedNewsletter() {
        NewsletterId closed = house.newsletter("Closed", false);
        EmailAddress ada = House.address();

        request(closed, ada);

        assertThat(house.outbox.lettersTo(ada.canonical())).isEmpty();
        AccountId account = house.accounts.open(ada.original(), "Ada");
        assertThatThrownBy(() -> house.database.inTransaction(
                        () -> house.subscriptions.subscribe(account, closed, Locale.ENGLISH)))
                .isInstanceOf(NewsletterUnknown.class);
    }

    /** NWS-04: after more than sixty days, and not once only. */
    @Test
    void unsubscribesWithOneClickAnyNumberOfTimes() {
        NewsletterId news = house.newsletter("News");
        NewsletterId other = house.newsletter("Other");
        EmailAddress ada = house.reader(news);
        String token = house.token(ada, news);

        house.clock.advance(Duration.ofDays(400));
        for (int i = 0; i < 3; i++) {
            assertThat(house.database.call(() -> house.preferences.unsubscribe(token, Means.ONE_CLICK)))
                    .isTrue();
        }

        assertThat(house.entry(ada, news).state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        assertThat(house.entry(ada, news).reason()).isEqualTo(Means.ONE_CLICK);
        assertThat(house
                        .database
                        .call(() -> house.book.consents(house.entry(ada, news).subscriber()))
                        .stream()
                        .map(ConsentView::given))
                .containsExactly(false, true);
        assertThat(other).isNotEqualTo(news);
    }

    /** NWS-04. */
    @Test
    void refusesTokensThatAreNotOurs() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = house.reader(news);
        String token = house.token(ada, news);
        char last = token.charAt(30) == 'A' ? 'B' : 'A';

        for (String foreign : List.of(
                "",
                "x",
                token.substring(1),
                token.substring(0, 20),
                token + "A",
                token.substring(0, 30) + last + token.substring(31),
                "=".repeat(43),
                "ä".repeat(43))) {
            assertThat(house.database.call(() -> house.preferences.unsubscribe(foreign, Means.ONE_CLICK)))
                    .isFalse();
            assertThat(house.database.call(
                            () -> house.preferences.behind(foreign).kind()))
                    .isEqualTo(Kind.FOREIGN);
        }
        assertThat(house.entry(ada, news).state()).isEqualTo(SubscriptionState.CONFIRMED);
    }

    /** SEC-02: nothing is looked up before the answer, so that it takes the same time for every address. */
    @Test
    void leavesTheAnswerToTheScheduleWhicheverAddressItIs() {
        NewsletterId news = house.newsletter("News");
        EmailAddress known = house.reader(news);
        EmailAddress unknown = House.address();
        int mails = house.outbox.letters().size();

        for (EmailAddress address : List.of(known, unknown)) {
            house.database.inTransaction(
                    () -> house.subscriptions.request(Set.of(news), address, Locale.ENGLISH, "somewhere"));
        }
        assertThat(house.outbox.letters()).hasSize(mails);
        assertThat(house.database.call(() -> house.book.byAddress(unknown))).isEmpty();

        house.answer();
        assertThat(house.outbox.letters()).hasSize(mails + 2);
        house.answer();
        assertThat(house.outbox.letters()).as("answered once").hasSize(mails + 2);
    }

    @Test
    void answersNobodyWhoseNetworkHasHadEnoughOrWhoWaitedForADay() {
        NewsletterId news = house.newsletter("News");
        EmailAddress flooded = House.address();
        EmailAddress late = House.address();
        house.formMail.exhausted.add("flooding");
        house.database.inTransaction(
                () -> house.subscriptions.request(Set.of(news), flooded, Locale.ENGLISH, "flooding"));
        house.answer();
        house.database.inTransaction(
                () -> house.subscriptions.request(Set.of(news), late, Locale.ENGLISH, "elsewhere"));
        house.clock.advance(Duration.ofHours(25));
        house.answer();

        assertThat(house.database.call(() -> house.book.byAddress(flooded))).isEmpty();
        assertThat(house.database.call(() -> house.book.byAddress(late))).isEmpty();
        assertThat(house.database.call(house.answering::waiting)).isEmpty();
    }

    /** REV-L1: whoever floods the form holds up nobody else. */
    @Test
    void answersEveryNetworksFirstBeforeAnyNetworksSecond_REVL1() {
        NewsletterId news = house.newsletter("News");
        EmailAddress elsewhere = House.address();
        int before = house.outbox.letters().size();
        for (int i = 0; i < 5; i++) {
            EmailAddress address = House.address();
            house.database.inTransaction(
                    () -> house.subscriptions.request(Set.of(news), address, Locale.ENGLISH, "crowded"));
        }
        house.database.inTransaction(
                () -> house.subscriptions.request(Set.of(news), elsewhere, Locale.ENGLISH, "elsewhere"));

        house.answer();

        assertThat(house.outbox.letters().subList(before, before + 2))
                .extracting(letter -> letter.to().canonical())
                .contains(elsewhere.canonical());
    }

    /** SEC-63: who is erased is not written to for what was asked before. */
    @Test
    void forgetsWhatAnErasedAddressAskedFor() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = House.address();
        house.database.inTransaction(() -> house.subscriptions.request(Set.of(news), ada, Locale.ENGLISH, "somewhere"));

        house.database.inTransaction(() -> house.book.rememberErased(ada));

        assertThat(house.database.call(house.answering::waiting)).isEmpty();
    }

    /** SEC-63: also where a backup brings it back. */
    @Test
    void forgetsWhatARestoredBackupSaysThatAnErasedAddressAskedFor() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = House.address();
        EmailAddress other = House.address();
        for (EmailAddress address : List.of(ada, other)) {
            house.database.inTransaction(
                    () -> house.subscriptions.request(Set.of(news), address, Locale.ENGLISH, "somewhere"));
        }

        house.database.inTransaction(
                () -> house.erasedVisitors.repeated(new ErasuresRepeated((address, since) -> address.equals(ada))));
        house.answer();

        assertThat(house.database.call(() -> house.book.byAddress(ada))).isEmpty();
        assertThat(house.database.call(() -> house.book.byAddress(other))).isPresent();
    }

    @Test
    void letsNoNetworkFillTheQueueForTheOthers() {
        NewsletterId news = house.newsletter("News");
        for (int i = 0; i < 70; i++) {
            house.database.inTransaction(() ->
                    house.subscriptions.request(Set.of(news), House.address(), Locale.ENGLISH, "one and the same"));
        }
        house.database.inTransaction(
                () -> house.subscriptions.request(Set.of(news), House.address(), Locale.ENGLISH, "elsewhere"));

        assertThat(house.database.call(house.answering::waiting)).hasSize(61);
        house.answer();
    }

    @Test
    void putsOffWhatCouldNotBeAnswered() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = House.address();
        house.database.inTransaction(() -> house.subscriptions.request(Set.of(news), ada, Locale.ENGLISH, "somewhere"));
        house.database
                .call(house.answering::waiting)
                .forEach(id -> house.database.inTransaction(() -> house.answering.postpone(id)));
        assertThat(house.database.call(house.answering::waiting)).isEmpty();

        house.clock.advance(Duration.ofMinutes(5));
        house.answer();
        assertThat(house.entry(ada, news).state()).isEqualTo(SubscriptionState.PENDING);
    }

    /** 254 characters, of which some are two for a database. */
    @Test
    void entersTheLongestAddresses() {
        NewsletterId news = house.newsletter("News");
        String label = "\uD840\uDC00".repeat(34) + ".";
        EmailAddress long254 = EmailAddress.parse("a@" + label.repeat(4) + "example");

        house.request(news, long254);

        assertThat(house.entry(long254, news).state()).isEqualTo(SubscriptionState.PENDING);
    }

    @Test
    void subscribesAccountHolderAtOnceAndEndsItAtOnce() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = House.address();
        AccountId account = house.accounts.open(ada.original(), "Ada");

        house.database.inTransaction(() -> house.subscriptions.subscribe(account, news, Locale.GERMAN));

        assertThat(house.database.call(() -> house.subscriptions.of(account)))
                .singleElement()
                .matches(view -> view.state() == SubscriptionState.CONFIRMED);
        assertThat(house.database
                        .call(() -> house.subscriptions.consents(account))
                        .get(0)
                        .wording()
                        .orElseThrow()
                        .words())
                .startsWith("Ja, senden Sie mir");
        house.database.inTransaction(() -> house.subscriptions.unsubscribe(account, news));
        house.database.inTransaction(() -> house.subscriptions.unsubscribe(account, news));
        assertThat(house.entry(ada, news).reason()).isEqualTo(Means.MEMBER_PAGE);
        assertThat(house.database.call(() -> house.subscriptions.consents(account)))
                .hasSize(2);
    }

    @Test
    void confirmsWhatWasTickedWhileRegistering() {
        NewsletterId news = house.newsletter("News");
        NewsletterId other = house.newsletter("Other");
        EmailAddress ada = House.address();

        AccountId account = opened(ada, news);

        assertThat(house.database.call(() -> house.subscriptions.of(account)))
                .singleElement()
                .matches(view -> view.newsletter().id().equals(news)
                        && view.state() == SubscriptionState.CONFIRMED
                        && !view.newsletter().id().equals(other));
        assertThat(house.database
                        .call(() -> house.subscriptions.consents(account))
                        .get(0)
                        .means())
                .isEqualTo(Means.REGISTRATION);
    }

    private void reactivate(AccountId account, EmailAddress address) {
        house.accounts.put(account, AccountState.ACTIVE, address.original(), "Ada");
        house.database.inTransaction(
                () -> house.facts.reactivated(new AccountReactivated(account, address, house.clock.now())));
    }

    @Test
    void subscriptionsRestWithTheAccountAndComeBackWithIt_MBR01() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = House.address();
        AccountId account = opened(ada, news);
        UUID subscription = house.entry(ada, news).id();

        deactivate(account, ada);

        assertThat(house.entry(ada, news).state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        assertThat(house.entry(ada, news).reason()).isEqualTo(Means.DEACTIVATION);
        assertThat(house.database.call(() ->
                        house.standing.statesOf(List.of(house.entry(ada, news).subscriber()))))
                .containsValue(PersonState.DEACTIVATED);

        house.clock.advance(Duration.ofDays(3));
        reactivate(account, ada);

        assertThat(house.entry(ada, news))
                .returns(SubscriptionState.CONFIRMED, SubscriptionBook.Entry::state)
                .returns(subscription, SubscriptionBook.Entry::id)
                .as("in no audience of the meantime")
                .returns(house.clock.now(), SubscriptionBook.Entry::since);
        assertThat(house.database.call(() -> house.subscriptions.consents(account)))
                .extracting(consent -> consent.means())
                .containsExactly(Means.REACTIVATION, Means.DEACTIVATION, Means.REGISTRATION);
        assertThat(house.database
                        .call(() -> house.subscriptions.consents(account))
                        .get(0))
                .matches(consent -> consent.given() && consent.wording().isPresent());
    }

    @Test
    void whatWasLeftBeforeOrDuringThePauseStaysLeft_MBR01() {
        NewsletterId before = house.newsletter("Left before");
        NewsletterId during = house.newsletter("Left during");
        NewsletterId never = house.newsletter("Never confirmed");
        NewsletterId kept = house.newsletter("Kept");
        EmailAddress ada = House.address();
        AccountId account = opened(ada, before, during, kept);
        house.database.inTransaction(() -> house.subscriptions.unsubscribe(account, before));
        request(never, ada);
        UUID button = house.entry(ada, during).id();

        deactivate(account, ada);
        house.database.inTransaction(() -> house.book.end(button, Means.ONE_CLICK));
        house.database.inTransaction(() -> house.book.end(button, Means.ONE_CLICK));
        reactivate(account, ada);

        assertThat(house.entry(ada, before).state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        assertThat(house.entry(ada, during).state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        assertThat(house.entry(ada, during).reason()).isEqualTo(Means.ONE_CLICK);
        assertThat(house.entry(ada, never).state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        assertThat(house.entry(ada, kept).state()).isEqualTo(SubscriptionState.CONFIRMED);
        assertThat(house.database.call(() -> house.subscriptions.consents(account)))
                .filteredOn(consent -> consent.means() == Means.ONE_CLICK)
                .as("on record, once")
                .hasSize(1);
    }

    @Test
    void sendsNoConfirmationToDeactivatedAccount() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = House.address();
        AccountId account = opened(ada, news);
        deactivate(account, ada);

        request(news, ada);

        assertThat(house.outbox.lettersTo(ada.canonical()))
                .singleElement()
                .matches(letter -> letter.kind() == MailKind.ACCOUNT_RECEIPT);
    }

    // What comes back

    /** NWS-01, NWS-06. */
    @Test
    void aMailToTheUnsubscribeAddressEndsTheOneSubscription() {
        NewsletterId news = house.newsletter("News");
        NewsletterId other = house.newsletter("Other");
        EmailAddress ada = house.reader(news);
        house.request(other, ada);
        house.database.inTransaction(() -> house.subscriptions.confirm(house.tokenOfNewestLink()));
        String mailto = house.audience
                .slots(house.entry(ada, news).id(), "Ada", Locale.ENGLISH)
                .getOrDefault("unsubscribeMailto", "");
        String address = mailto.substring("mailto:".length(), mailto.indexOf('?'));

        assertThat(house.mailbox.takes(address.replace("unsub+", "Unsub+").replace("@example.com", "@EXAMPLE.com")))
                .isTrue();
        assertThat(house.mailbox.takes("unsub+" + "A".repeat(43) + "@example.com"))
                .isFalse();
        assertThat(house.mailbox.takes("unsub@example.com")).isFalse();
        assertThat(house.mailbox.takes(address.replace("example.com", "example.net")))
                .isFalse();
        house.database.inTransaction(() -> house.mailbox.came(address));
        house.database.inTransaction(() -> house.mailbox.came(address));

        assertThat(house.entry(ada, news).reason()).isEqualTo(Means.MAILTO);
        assertThat(house.entry(ada, other).state()).isEqualTo(SubscriptionState.CONFIRMED);
        assertThat(house.database.call(
                        () -> house.book.consents(house.entry(ada, news).subscriber())))
                .filteredOn(consent -> consent.means() == Means.MAILTO)
                .hasSize(1);
    }

    @Test
    void offersNoUnsubscribeAddressThatNothingIsReceivedFor() {
        Receiving listener = receiving(Optional.of("bounce.example.com"), false);
        assertThat(Wiring.unsubscribeMailbox("", listener)).contains("unsub@bounce.example.com");
        assertThat(Wiring.unsubscribeMailbox("leave@bounce.example.com", listener))
                .contains("leave@bounce.example.com");
        assertThat(Wiring.unsubscribeMailbox("leave@example.com", listener)).isEmpty();
        assertThat(Wiring.unsubscribeMailbox("leave@example.com", receiving(Optional.empty(), true)))
                .contains("leave@example.com");
        assertThat(Wiring.unsubscribeMailbox("", receiving(Optional.empty(), true)))
                .isEmpty();
        assertThat(Wiring.unsubscribeMailbox("leave@example.com", receiving(Optional.empty(), false)))
                .isEmpty();
    }

    private static Receiving receiving(Optional<String> domain, boolean mailbox) {
        return new Receiving() {
            @Override
            public boolean receives(String address) {
                return mailbox || domain.filter(d -> address.endsWith("@" + d)).isPresent();
            }

            @Override
            public Optional<String> ownDomain() {
                return domain;
            }
        };
    }

    /** BNC-06: known by the address's hash alone, as most reports name nobody; also for an imported address. */
    @Test
    void aComplaintEndsEverySubscriptionOnRecord() {
        NewsletterId news = house.newsletter("News");
        NewsletterId other = house.newsletter("Other");
        EmailAddress ada = house.reader(news);
        house.request(other, ada);
        house.database.inTransaction(() -> house.subscriptions.confirm(house.tokenOfNewestLink()));

        complain(ada);
        complain(ada);

        assertThat(List.of(house.entry(ada, news), house.entry(ada, other)))
                .allMatch(entry -> entry.state() == SubscriptionState.UNSUBSCRIBED)
                .allMatch(entry -> entry.reason() == Means.COMPLAINT);
        assertThat(house.database.call(
                        () -> house.book.consents(house.entry(ada, news).subscriber())))
                .filteredOn(consent -> consent.means() == Means.COMPLAINT && !consent.given())
                .hasSize(2);
    }

    private void complain(EmailAddress address) {
        house.suppressed.suppress(address, SuppressedAddresses.Reason.COMPLAINED);
        house.database.inTransaction(() -> house.complaints.complained(
                new AddressComplained(house.suppressed.hashOf(address), Optional.empty(), house.clock.now())));
    }

    @Test
    void onlyANewDoubleOptInLiftsAComplaint() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = House.address();
        AccountId account = opened(ada, news);
        complain(ada);

        boolean holds = house.database.call(() -> house.subscriptions.subscribe(account, news, Locale.ENGLISH));

        assertThat(holds).isFalse();
        assertThat(house.entry(ada, news).state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        assertThat(house.suppressed.against(ada)).isNotEmpty();

        house.database.inTransaction(() -> house.subscriptions.confirm(house.tokenOfNewestLink()));

        assertThat(house.entry(ada, news).state()).isEqualTo(SubscriptionState.CONFIRMED);
        assertThat(house.suppressed.against(ada)).isEmpty();
    }

    @Test
    void provingTheMailboxLiftsThatItBounced() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = House.address();
        house.suppressed.suppress(ada, SuppressedAddresses.Reason.HARD_BOUNCED);
        request(news, ada);
        assertThat(house.suppressed.against(ada)).isNotEmpty();

        house.database.inTransaction(() -> house.subscriptions.confirm(house.tokenOfNewestLink()));

        assertThat(house.suppressed.against(ada)).isEmpty();
    }

    @Test
    void aReturnedMailsUnsubscribeFieldNamesItsReader() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = house.reader(news);
        String field = "<https://tidings.example/u/" + house.token(ada, news) + ">, <mailto:x@example.com>";

        assertThat(house.database.call(() -> house.mailbox.whoseUnsubscribeField(field)))
                .map(EmailAddress::canonical)
                .contains(ada.canonical());
        assertThat(house.database.call(() ->
                        house.mailbox.whoseUnsubscribeField("<https://tidings.example/u/" + "A".repeat(43) + ">")))
                .isEmpty();
    }

    @Test
    void fillsInHashesOfAddressesFromBefore() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = house.reader(news);
        house.database.inTransaction(() -> house.sql.update(
                "update newsletter.subscriber set address_hash = null where canonical = ?", ada.canonical()));
        UUID hash = house.suppressed.hashOf(ada);
        assertThat(house.database.call(() -> house.book.byAddressHash(hash))).isEmpty();

        house.database.inTransaction(house.housekeeping::fillAddressHashes);

        assertThat(house.database.call(() -> house.book.byAddressHash(hash))).isPresent();
    }

    /** A notice is not sent to somebody who only asked: who is told must stand as a subscriber. */
    @Test
    void whoIsToldThatSheIsSubscribedStandsAsSubscriber() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = house.reader(news);
        request(news, ada);

        assertThat(house.outbox.newest()).satisfies(letter -> {
            assertThat(letter.purpose()).isEqualTo("subscription-already");
            assertThat(letter.kind()).isEqualTo(MailKind.ACCOUNT_NOTICE);
            assertThat(house.standing.statesOf(List.of(letter.person()))).containsValue(PersonState.SUBSCRIBED);
        });
    }

    @Test
    void erasesEverythingPersonalAndKeepsOnlyAHash() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = EmailAddress.parse("canary.value@example.org");
        AccountId account = opened(ada, news);
        changed(account, ada, Optional.of(ZoneId.of("Pacific/Chatham")));

        erase(account, ada);

        for (String table : List.of("subscriber", "subscription", "consent", "confirmation", "erased_address")) {
            List<String> rows = house.sql.list("select * from newsletter." + table, row -> {
                StringBuilder all = new StringBuilder();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    all.append(row.getString(i)).append('|');
                }
                return all.toString();
            });
            assertThat(rows)
                    .noneMatch(r -> r.contains("canary")
                            || r.contains("Chatham")
                            || r.contains(account.value().toString()));
        }
        assertThat(house.sql.list(
                        "select hash from newsletter.erased_address where hash = ?",
                        row -> row.getString(1),
                        house.book.hashOf(ada.canonical())))
                .hasSize(1);
    }

    @Test
    void followsTheAccountsNewAddressAndKeepsOldLinksWorking() {
        NewsletterId news = house.newsletter("News");
        NewsletterId other = house.newsletter("Other");
        EmailAddress before = House.address();
        EmailAddress after = house.reader(news);
        AccountId account = opened(before, news, other);
        String tokenOfVisitor = house.token(after, news);
        house.clock.advance(Duration.ofMinutes(1));

        house.database.inTransaction(() -> house.facts.changed(new AccountChanged(
                account, after, before, "Ada Lovelace", Locale.GERMAN, Optional.empty(), house.clock.now())));

        assertThat(house.database.call(() -> house.subscriptions.of(account))).hasSize(2);
        assertThat(house.entry(after, news).state()).isEqualTo(SubscriptionState.CONFIRMED);
        assertThat(house.database.call(() -> house.book.byAddress(before))).isEmpty();
        house.database.inTransaction(() -> house.preferences.unsubscribe(tokenOfVisitor, Means.ONE_CLICK));
        assertThat(house.entry(after, news).state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
    }

    @Test
    void erasesAgainTheVisitorWhomARestoredBackupBroughtBack_SEC63() {
        NewsletterId news = house.newsletter("News");
        EmailAddress back = house.reader(news);
        EmailAddress other = house.reader(news);
        String token = house.token(back, news);

        house.database.inTransaction(() -> house.erasedVisitors.repeated(new ErasuresRepeated((address, since) ->
                address.equals(back) && since.isBefore(house.clock.now().plusSeconds(1)))));

        assertThat(house.database.call(() -> house.book.byAddress(back))).isEmpty();
        assertThat(house.database.call(() -> house.preferences.behind(token).kind()))
                .isEqualTo(Kind.ERASED);
        assertThat(house.entry(other, news).state()).isEqualTo(SubscriptionState.CONFIRMED);
    }

    @Test
    void forgetsRequestsThatNobodyConfirmedAfterAWeek() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = House.address();
        EmailAddress reader = house.reader(news);
        request(news, ada);

        house.clock.advance(Duration.ofDays(8));
        house.database.inTransaction(house.housekeeping::tidyUp);

        assertThat(house.database.call(() -> house.book.byAddress(ada))).isEmpty();
        assertThat(house.entry(reader, news).state()).isEqualTo(SubscriptionState.CONFIRMED);
    }

    /** MBR-04: which issues were sent is stored about her too. */
    @Test
    void theCopyHasTheIssuesThatWereSent_MBR04() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = House.address();
        AccountId account = opened(ada, news);
        MailingId mailing = new MailingId(UUID.randomUUID());
        house.mailings.record(new Delivery(
                mailing,
                house.entry(ada, news).id(),
                DeliveryState.HANDED_OVER,
                house.clock.now(),
                1,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));

        Object copy = house.database.call(
                () -> new IssuesSentData(house.book, house.mailings, house.database.dataSource()).of(account, ada));

        assertThat(copy)
                .asString()
                .contains("HANDED_OVER", house.clock.now().toInstant().toString());
    }

    @Test
    void exportsWhatIsStoredAboutAPerson() {
        NewsletterId news = house.newsletter("Export News");
        EmailAddress ada = House.address();
        AccountId account = opened(ada, news);

        changed(account, ada, Optional.of(TOKYO));

        Object section = house.database.call(() -> house.data.of(account, ada));

        assertThat(section.toString()).contains("timeZone=Asia/Tokyo");
        assertThat(section.toString()).contains("Export News", "CONFIRMED", "REGISTRATION", "2026-01", ada.original());
    }

    // Time zones

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    private void changed(AccountId account, EmailAddress address, Optional<ZoneId> zone) {
        house.database.inTransaction(() -> house.facts.changed(
                new AccountChanged(account, address, address, "Ada", Locale.ENGLISH, zone, house.clock.now())));
    }

    private Optional<ZoneId> zoneOf(EmailAddress address) {
        return house.database.call(() -> house.subscriptions.zoneOf(address));
    }

    private boolean livesIn(EmailAddress reader, Optional<ZoneId> zone) {
        String sitting = house.sitting(reader);
        return house.database.call(() -> house.sittings.describe(sitting, House.BROWSER, Locale.ENGLISH, zone));
    }

    @Test
    void followsTheAccountsTimeZoneAndTakesNoOtherForItsHolder() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = House.address();
        AccountId account = opened(ada, news);

        assertThat(livesIn(ada, Optional.of(TOKYO)))
                .as("the link is no sign-in")
                .isFalse();
        assertThat(zoneOf(ada)).isEmpty();

        changed(account, ada, Optional.of(TOKYO));
        assertThat(zoneOf(ada)).contains(TOKYO);

        changed(account, ada, Optional.empty());
        assertThat(zoneOf(ada)).isEmpty();
    }

    @Test
    void theAccountsTimeZoneIsTheOnlyOneFromTheDayItIsOpened() {
        NewsletterId news = house.newsletter("News");
        EmailAddress visitor = house.reader(news);
        livesIn(visitor, Optional.of(TOKYO));

        opened(visitor);

        assertThat(zoneOf(visitor)).isEmpty();
    }

    @Test
    void tellsWhereSubscribersStand() {
        NewsletterId news = house.newsletter("News");
        EmailAddress asked = House.address();
        request(news, asked);
        EmailAddress reader = house.reader(news);
        EmailAddress left = house.reader(news);
        house.database.inTransaction(() -> house.preferences.unsubscribe(house.token(left, news), Means.LINK));

        assertThat(house.database.call(() -> house.standing.statesOf(List.of(
                        house.entry(asked, news).subscriber(),
                        house.entry(reader, news).subscriber(),
                        house.entry(left, news).subscriber(),
                        SubscriptionBook.newId()))))
                .hasSize(3)
                .containsEntry(house.entry(asked, news).subscriber(), PersonState.REGISTRATION)
                .containsEntry(house.entry(reader, news).subscriber(), PersonState.SUBSCRIBED)
                .containsEntry(house.entry(left, news).subscriber(), PersonState.UNSUBSCRIBED);
    }

    /** A site's forms work on the day it moves. */
    @Test
    void idsOfAnotherSystemStandForNewslettersOnOffer() {
        NewsletterId news = house.newsletter("Moved news");
        NewsletterId closed = house.newsletter("Moved and closed", false);
        UUID one = UUID.randomUUID();
        UUID two = UUID.randomUUID();
        UUID three = UUID.randomUUID();
        house.database.inTransaction(() -> house.aliases.set(news, Set.of(one, two), house.staff));
        house.database.inTransaction(() -> house.aliases.set(closed, Set.of(three), house.staff));

        assertThat(house.database.call(() -> house.aliases.meant(Set.of(one, two, three, UUID.randomUUID()))))
                .containsExactly(news);
        assertThat(house.database.call(() -> house.aliases.meant(Set.of(news.value()))))
                .containsExactly(news);

        house.database.inTransaction(() -> house.aliases.set(news, Set.of(two), house.staff));
        assertThat(house.database.call(() -> house.aliases.of(news))).containsExactly(two);
        assertThat(house.database.call(() -> house.aliases.meant(Set.of(one)))).isEmpty();
    }

    @Test
    void anIdStandsForOneNewsletterOnly() {
        NewsletterId news = house.newsletter("Taken news");
        NewsletterId other = house.newsletter("Other news");
        UUID one = UUID.randomUUID();
        house.database.inTransaction(() -> house.aliases.set(news, Set.of(one), house.staff));

        for (UUID taken : List.of(one, news.value())) {
            assertThatThrownBy(() -> house.database.inTransaction(
                            () -> house.aliases.set(other, Set.of(UUID.randomUUID(), taken), house.staff)))
                    .isInstanceOfSatisfying(
                            NewsletterAliases.AliasTaken.class,
                            e -> assertThat(e.alias()).isEqualTo(taken));
        }
        assertThat(house.database.call(() -> house.aliases.of(other))).isEmpty();
        assertThat(house.database.call(() -> house.aliases.of(news))).containsExactly(one);
    }
}
