package org.tidings.newsletter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tidings.accounts.AccountId;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.newsletter.Invitations.Report;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.IssueText;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterAccess;
import org.tidings.newsletter.NewsletterDetails;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterUnknown;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.SubscriptionLinkUnusable;
import org.tidings.newsletter.SubscriptionState;

/** Whom newsletters are for, the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JoiningContract {

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

    private NewsletterView view(NewsletterId id) {
        return house.database.call(() -> house.newsletters.find(id).orElseThrow());
    }

    private boolean admits(NewsletterId newsletter, Optional<AccountId> reader) {
        return house.database.call(() -> house.admission.admits(view(newsletter), reader));
    }

    private List<NewsletterId> offeredTo(Optional<AccountId> reader) {
        return house.database.call(() -> house.admission.offeredTo(reader)).stream()
                .map(NewsletterView::id)
                .toList();
    }

    private AccountId account(EmailAddress address) {
        return house.accounts.open(address.original(), "Ada");
    }

    private Report invite(NewsletterId newsletter, EmailAddress... addresses) {
        return house.database.call(
                () -> house.inviting.invite(newsletter, List.of(addresses), Locale.ENGLISH, house.staff));
    }

    private EmailAddress invitedReader(NewsletterId newsletter) {
        EmailAddress address = House.address();
        invite(newsletter, address);
        house.database.inTransaction(() -> house.subscriptions.confirm(house.tokenOfNewestLink()));
        return address;
    }

    private void change(NewsletterId newsletter, NewsletterAccess access) {
        NewsletterView view = view(newsletter);
        house.database.inTransaction(() -> house.newsletters.change(
                newsletter,
                new NewsletterDetails(
                        view.slug(),
                        view.name(),
                        view.description(),
                        view.language(),
                        view.cadence(),
                        view.sample(),
                        view.offered(),
                        access),
                view.version(),
                house.staff));
    }

    @Test
    void oneForMembersIsThereForHoldersOfAccountsOnly_NLTD1() {
        NewsletterId inside = house.newsletter("Inside", NewsletterAccess.MEMBERS);
        EmailAddress holder = House.address();
        AccountId account = account(holder);
        EmailAddress stranger = House.address();
        int letters = house.outbox.letters().size();

        house.request(inside, stranger);

        assertThat(house.outbox.letters()).hasSize(letters);
        assertThat(house.database.call(() -> house.book.byAddress(stranger))).isEmpty();
        assertThat(house.database.call(house.newsletters::offered)).noneMatch(n -> n.id().equals(inside));
        assertThat(offeredTo(Optional.empty())).doesNotContain(inside);
        assertThat(admits(inside, Optional.empty())).isFalse();
        assertThat(offeredTo(Optional.of(account))).contains(inside);
        assertThat(house.database.call(() -> house.subscriptions.subscribe(account, inside, Locale.ENGLISH)))
                .isTrue();
        assertThat(house.entry(holder, inside).state()).isEqualTo(SubscriptionState.CONFIRMED);
    }

    @Test
    void oneByInvitationIsThereForWhoWasInvited_NLTD1() {
        NewsletterId secret = house.newsletter("Secret", NewsletterAccess.INVITED);
        EmailAddress guest = House.address();
        AccountId account = account(guest);
        AccountId other = account(House.address());

        assertThatThrownBy(() -> house.database.inTransaction(
                        () -> house.subscriptions.subscribe(account, secret, Locale.ENGLISH)))
                .isInstanceOf(NewsletterUnknown.class);
        assertThat(invite(secret, guest)).isEqualTo(new Report(1, 0, 0));

        assertThat(house.entry(guest, secret).state()).isEqualTo(SubscriptionState.PENDING);
        assertThat(admits(secret, Optional.of(account))).isTrue();
        assertThat(admits(secret, Optional.of(other))).isFalse();
        assertThat(offeredTo(Optional.of(other))).doesNotContain(secret);
        Letter letter = house.outbox.newest();
        assertThat(letter.subject()).isEqualTo("Tidings invites you to Secret");
        house.database.inTransaction(() -> house.subscriptions.confirm(house.tokenOfNewestLink()));
        assertThat(house.entry(guest, secret).state()).isEqualTo(SubscriptionState.CONFIRMED);
    }

    @Test
    void whoLeftByHerselfMayComeBackAndWhomStaffTookOffMayNot() {
        NewsletterId secret = house.newsletter("Secret", NewsletterAccess.INVITED);
        EmailAddress left = invitedReader(secret);
        EmailAddress takenOff = invitedReader(secret);
        house.database.inTransaction(
                () -> house.book.end(house.entry(left, secret).id(), Means.LINK));
        house.database.inTransaction(
                () -> house.book.end(house.entry(takenOff, secret).id(), Means.STAFF));

        String sitting = house.sitting(left);
        String none = house.sitting(takenOff);

        assertThat(house.database
                        .call(() -> house.sittings.sheet(sitting, House.BROWSER, Locale.ENGLISH))
                        .choices())
                .anyMatch(choice -> choice.newsletter().id().equals(secret));
        assertThat(house.database
                        .call(() -> house.sittings.sheet(none, House.BROWSER, Locale.ENGLISH))
                        .choices())
                .noneMatch(choice -> choice.newsletter().id().equals(secret));
        house.database.inTransaction(() -> house.sittings.choose(none, House.BROWSER, Set.of(secret), Locale.ENGLISH));
        assertThat(house.entry(takenOff, secret).state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
    }

    @Test
    void nobodyIsInvitedWhoSaidNoOrCannotBeWrittenTo() {
        NewsletterId news = house.newsletter("News");
        EmailAddress left = house.reader(news);
        house.database.inTransaction(
                () -> house.book.end(house.entry(left, news).id(), Means.LINK));
        EmailAddress erased = House.address();
        house.database.inTransaction(() -> house.book.rememberErased(erased));
        EmailAddress gone = House.address();
        house.suppressed.suppress(gone, SuppressedAddresses.Reason.HARD_BOUNCED);
        EmailAddress has = house.reader(news);
        EmailAddress fresh = House.address();

        Report first = invite(news, left, erased, gone, has, fresh, fresh);
        Report second = invite(news, fresh);
        house.clock.advance(Duration.ofDays(2));
        Report third = invite(news, fresh);

        assertThat(first).isEqualTo(new Report(1, 1, 3));
        assertThat(second).as("a minute later").isEqualTo(new Report(0, 1, 0));
        assertThat(third).isEqualTo(new Report(1, 0, 0));
    }

    @Test
    void aLinkOfBeforeItWasForMembersOpensNothing() {
        NewsletterId news = house.newsletter("News");
        house.request(news, House.address());
        String token = house.tokenOfNewestLink();

        change(news, NewsletterAccess.MEMBERS);

        assertThat(house.database.call(() -> house.subscriptions.confirmation(token)))
                .isEmpty();
        assertThatThrownBy(() -> house.database.inTransaction(() -> house.subscriptions.confirm(token)))
                .isInstanceOf(SubscriptionLinkUnusable.class);
    }

    @Test
    void mailsOfAPrivateNewsletterHaveTheReadersOwnLinkToTheWeb_NLTD1() {
        NewsletterId secret = house.newsletter("Secret", NewsletterAccess.INVITED);
        IssueId issue = house.database.call(() ->
                house.issues.write(secret, new IssueText("News", "", "[on the web]({{archiveUrl}})"), house.staff));
        house.accounts.put(house.staff, org.tidings.accounts.AccountState.ACTIVE, "ed@example.org", "Ed");

        house.database.inTransaction(() -> house.issues.sendTest(issue, house.staff));

        Letter letter = house.outbox.newest();
        assertThat(letter.slots().get("readUrl")).startsWith("https://tidings.example/read/");
        assertThat(letter.body().toString())
                .contains("{{readUrl}}/" + issue.value())
                .doesNotContain("/newsletters/");
        assertThat(letter.list().orElseThrow().archiveUrl()).isEmpty();
    }
}
