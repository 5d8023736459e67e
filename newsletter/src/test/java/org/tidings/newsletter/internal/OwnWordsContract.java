package org.tidings.newsletter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tidings.mail.Addressee;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.MailKind;
import org.tidings.mail.PersonState;
import org.tidings.mail.SkipReason;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.newsletter.ConsentView;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.IssueText;
import org.tidings.newsletter.LeavingReason;
import org.tidings.newsletter.Leavings;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.OwnText;
import org.tidings.newsletter.OwnWords;
import org.tidings.newsletter.OwnWordsRejected;
import org.tidings.newsletter.OwnWordsRejected.Reason;
import org.tidings.newsletter.Readers;
import org.tidings.newsletter.SubscriptionState;

/** What newsletters say themselves, welcomes, pauses and slips: the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OwnWordsContract {

    private static final Locale DUTCH = Locale.forLanguageTag("nl");

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

    private void say(NewsletterId newsletter, Locale language, Map<OwnText, String> texts) {
        house.database.inTransaction(() -> house.words.set(newsletter, language, texts, house.staff));
    }

    private void end(EmailAddress address, NewsletterId newsletter, Means means) {
        house.database.inTransaction(
                () -> house.book.end(house.entry(address, newsletter).id(), means));
    }

    private List<Letter> welcomes(EmailAddress to) {
        return house.outbox.letters().stream()
                .filter(letter ->
                        letter.kind() == MailKind.WELCOME && letter.to().equals(to))
                .toList();
    }

    private NewsletterId welcoming() {
        NewsletterId news = house.newsletter("News");
        say(
                news,
                Locale.ENGLISH,
                Map.of(OwnText.WELCOME_SUBJECT, "Hello {{name}}", OwnText.WELCOME, "Good to see you."));
        return news;
    }

    @Test
    void eachConsentKeepsTheVersionOfTheWordsItAgreedTo() {
        NewsletterId news = house.newsletter("Garden");
        say(news, Locale.ENGLISH, Map.of(OwnText.CONSENT, "Yes, {{newsletter}} by {{site}}, please."));
        EmailAddress first = house.reader(news);
        say(news, Locale.ENGLISH, Map.of(OwnText.CONSENT, "Send me {{newsletter}}."));
        EmailAddress second = house.reader(news);
        say(news, Locale.ENGLISH, Map.of());
        EmailAddress third = house.reader(news);

        assertThat(wording(first, news)).isEqualTo("own-1 Yes, Garden by Tidings, please.");
        assertThat(wording(second, news)).isEqualTo("own-2 Send me Garden.");
        assertThat(wording(third, news)).startsWith("2026-12 Yes, send me the newsletter “Garden”");
        assertThat(house.database.call(() -> house.words.versions(news, Locale.ENGLISH, OwnText.CONSENT)))
                .extracting(OwnWords.Version::words)
                .containsExactly("", "Send me {{newsletter}}.", "Yes, {{newsletter}} by {{site}}, please.");
    }

    private String wording(EmailAddress address, NewsletterId newsletter) {
        ConsentView consent = house.database
                .call(() -> house.book.consents(house.entry(address, newsletter).subscriber()))
                .get(0);
        return consent.wording().map(w -> w.version() + " " + w.words()).orElse("");
    }

    @Test
    void asksToConfirmInItsOwnWordsAndInALanguageThatWeDoNotSpeak() {
        NewsletterId news = house.newsletter("Tuin");
        say(
                news,
                DUTCH,
                Map.of(
                        OwnText.CONFIRM_SUBJECT, "Bevestig {{newsletter}}",
                        OwnText.CONFIRM_TEXT, "Eerst dit.\n\nDan dat.",
                        OwnText.CONFIRM_EXPIRES, "Nog {{hours}} uur.",
                        OwnText.CONFIRMED, "Welkom!"));
        EmailAddress jan = House.address();

        house.database.inTransaction(() -> house.subscriptions.request(Set.of(news), jan, DUTCH, "somewhere"));
        house.answer();

        Letter letter = house.outbox.newest();
        assertThat(letter.subject()).isEqualTo("Bevestig Tuin");
        assertThat(letter.body().language()).isEqualTo(DUTCH);
        assertThat(letter.body().toString())
                .contains("Paragraph[text=Eerst dit.]", "Paragraph[text=Dan dat.]", "Nog 24 uur.");
        assertThat(house.database.call(() -> house.words.said(view(news), OwnText.CONFIRMED, DUTCH)))
                .isEqualTo(Optional.of(new OwnWords.Said("Welkom!", DUTCH)));
        assertThat(house.database.call(() -> house.words.said(view(news), OwnText.CONFIRMED, Locale.GERMAN)))
                .as("ours, in German")
                .isEmpty();
    }

    @Test
    void refusesWordsThatCouldNotBeSaid() {
        NewsletterId news = house.newsletter("News");
        Map<OwnText, String> texts = new EnumMap<>(OwnText.class);
        texts.put(OwnText.CONSENT, "Yes, please.");
        texts.put(OwnText.GOODBYE, "Bye {{name}}");
        texts.put(OwnText.CONFIRM_TEXT, "Within {{hours}}");
        texts.put(OwnText.CONFIRM_BUTTON, "x".repeat(61));
        texts.put(OwnText.FOOTER_WHY, "a\u0007b");
        texts.put(OwnText.WELCOME, "[x](javascript:alert(1))");

        assertThatThrownBy(() -> say(news, Locale.ENGLISH, texts))
                .isInstanceOfSatisfying(
                        OwnWordsRejected.class,
                        e -> assertThat(e.texts())
                                .containsExactlyInAnyOrderEntriesOf(Map.of(
                                        OwnText.CONSENT, Reason.FIELD_MISSING,
                                        OwnText.GOODBYE, Reason.UNKNOWN_FIELD,
                                        OwnText.CONFIRM_TEXT, Reason.UNKNOWN_FIELD,
                                        OwnText.CONFIRM_BUTTON, Reason.TOO_LONG,
                                        OwnText.FOOTER_WHY, Reason.CHARACTERS,
                                        OwnText.WELCOME, Reason.MARKDOWN,
                                        OwnText.WELCOME_SUBJECT, Reason.HALF)));
        assertThat(house.database.call(() -> house.words.languages(news))).isEmpty();
    }

    @Test
    void welcomesOnceWhoeverConfirmedHerselfWithAWayOut() {
        NewsletterId news = welcoming();
        EmailAddress ada = house.reader(news);

        Letter welcome = welcomes(ada).get(0);
        assertThat(welcome.realm()).isEqualTo(Readers.SUBSCRIPTIONS);
        assertThat(welcome.list()).isPresent();
        assertThat(welcome.slots()).containsKeys("unsubscribeUrl", "name");
        assertThat(welcome.subject()).isEqualTo("Hello {{name}}");
        end(ada, news, Means.LINK);
        house.clock.advance(Duration.ofDays(2));
        house.request(news, ada);
        house.database.inTransaction(() -> house.subscriptions.confirm(house.tokenOfNewestLink()));
        assertThat(welcomes(ada)).hasSize(1);
    }

    @Test
    void aWelcomeIsForTheOneSubscriptionAndForgottenWithHer() {
        NewsletterId news = welcoming();
        NewsletterId other = house.newsletter("Other");
        EmailAddress ada = house.reader(news);
        house.request(other, ada);
        house.database.inTransaction(() -> house.subscriptions.confirm(house.tokenOfNewestLink()));
        UUID subscription = house.entry(ada, news).id();

        assertThat(standing(subscription)).isEqualTo(PersonState.SUBSCRIBED);
        end(ada, news, Means.LINK);

        assertThat(standing(subscription)).isEqualTo(PersonState.UNSUBSCRIBED);
        String sitting = house.sitting(ada);
        house.database.inTransaction(() -> house.sittings.erase(sitting, House.BROWSER));
        assertThat(welcomes(ada)).isEmpty();
        assertThat(house.database.call(() -> house.subscriptionStanding.statesOf(List.of(subscription))))
                .isEmpty();
    }

    private PersonState standing(UUID subscription) {
        return house.database
                .call(() -> house.subscriptionStanding.statesOf(List.of(subscription)))
                .getOrDefault(subscription, PersonState.ERASED);
    }

    @Test
    void whoIsImportedOrHasNoWelcomeToGetIsNotWelcomed() throws Exception {
        NewsletterId news = welcoming();
        NewsletterId silent = house.newsletter("Silent");
        EmailAddress imported = House.address();
        house.database.inTransaction(() -> {
            try {
                house.subscribers.importFrom(
                        news,
                        new java.io.ByteArrayInputStream(("email\n" + imported.original() + "\n")
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        "They signed a list at our desk.",
                        false,
                        house.staff);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });

        assertThat(house.entry(imported, news).state()).isEqualTo(SubscriptionState.CONFIRMED);
        assertThat(welcomes(imported)).isEmpty();
        assertThat(welcomes(house.reader(silent))).isEmpty();
    }

    @Test
    void whoPausedGetsNothingUntilTheDayAndThenByItself() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = house.reader(news);
        EmailAddress bea = house.reader(news);
        OffsetDateTime until = house.clock.now().plusDays(3);

        house.database.inTransaction(() -> house.preferences.pause(house.token(ada, news), until));

        AudienceQuery query = query(news);
        assertThat(states(query)).containsExactly(PersonState.PAUSED, PersonState.SUBSCRIBED);
        assertThat(house.database.call(() -> house.audience.count(query)).recipients())
                .isEqualTo(1);
        assertThat(house.database.call(() -> house.audience.count(query)).leftOut())
                .isEqualTo(Map.of(SkipReason.PAUSED, 1L));
        assertThat(house.entry(ada, news).pausedUntil()).isEqualTo(until);
        assertThat(house.entry(bea, news).pausedUntil()).isNull();
        house.clock.advance(Duration.ofDays(4));
        assertThat(states(query)).containsOnly(PersonState.SUBSCRIBED);
        assertThat(house.database.call(() -> house.audience.count(query)).leftOut())
                .isEmpty();
        house.database.inTransaction(house.housekeeping::tidyUp);
        assertThat(house.entry(ada, news).state()).isEqualTo(SubscriptionState.CONFIRMED);
    }

    private AudienceQuery query(NewsletterId news) {
        IssueId issue = house.database.call(() -> house.issues.write(news, new IssueText("x", "", "x"), house.staff));
        return new AudienceQuery(MailKind.NEWSLETTER_ISSUE, issue.value(), house.clock.now());
    }

    private List<PersonState> states(AudienceQuery query) {
        return house.database.call(() -> house.audience.after(query, null, 10)).stream()
                .map(Addressee::state)
                .toList();
    }

    @Test
    void aPauseEndsWithLeavingAndIsNeverLongerThanAYear() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = house.reader(news);
        String token = house.token(ada, news);
        house.database.inTransaction(
                () -> house.preferences.pause(token, house.clock.now().plusDays(9)));

        end(ada, news, Means.LINK);
        house.database.inTransaction(() -> house.preferences.undo(token));

        assertThat(house.entry(ada, news).pausedUntil()).isNull();
        assertThatThrownBy(() -> house.database.inTransaction(
                        () -> house.preferences.pause(token, house.clock.now().plusYears(2))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> house.database.inTransaction(() -> house.preferences.pause(token, house.clock.now())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSlipIsTakenBackWithinADayAndStaysInTheRunningMailing() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = house.reader(news);
        String token = house.token(ada, news);
        AudienceQuery query = query(news);
        house.clock.advance(Duration.ofMinutes(1));
        end(ada, news, Means.ONE_CLICK);

        assertThat(house.database.call(() -> house.preferences.behind(token)).undoable())
                .isTrue();
        assertThat(house.database.call(() -> house.preferences.undo(token))).isTrue();

        assertThat(states(query)).containsExactly(PersonState.SUBSCRIBED);
        List<ConsentView> consents = house.database.call(
                () -> house.book.consents(house.entry(ada, news).subscriber()));
        assertThat(consents)
                .extracting(ConsentView::means)
                .containsExactly(Means.UNDONE, Means.ONE_CLICK, Means.DOUBLE_OPT_IN);
        assertThat(consents.get(0).wording()).isEqualTo(consents.get(2).wording());
        end(ada, news, Means.ONE_CLICK);
        assertThat(house.database.call(() -> house.preferences.undo(token)))
                .as("once a week")
                .isFalse();
    }

    @Test
    void nothingElseIsTakenBackByALink() {
        NewsletterId news = house.newsletter("News");
        for (Means means : List.of(Means.COMPLAINT, Means.STAFF, Means.DEACTIVATION)) {
            EmailAddress ada = house.reader(news);
            String token = house.token(ada, news);
            end(ada, news, means);
            assertThat(house.database.call(() -> house.preferences.undo(token)))
                    .as("%s", means)
                    .isFalse();
        }
        EmailAddress late = house.reader(news);
        String token = house.token(late, news);
        end(late, news, Means.LINK);
        house.clock.advance(Duration.ofHours(25));
        assertThat(house.database.call(() -> house.preferences.undo(token))).isFalse();
        assertThat(house.entry(late, news).state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
    }

    @Test
    void whyPeopleLeaveIsANumberThatLeadsToNobody() {
        NewsletterId news = house.newsletter("News");
        for (int i = 0; i < Leavings.FEWEST; i++) {
            EmailAddress ada = house.reader(news);
            String token = house.token(ada, news);
            house.database.inTransaction(() -> house.preferences.say(token, LeavingReason.OTHER));
            end(ada, news, Means.LINK);
            LeavingReason reason = i == 0 ? LeavingReason.HARD_TO_READ : LeavingReason.TOO_OFTEN;
            house.database.inTransaction(() -> house.preferences.say(token, reason));
            house.database.inTransaction(() -> house.preferences.say(token, LeavingReason.OTHER));
            if (i == Leavings.FEWEST - 2) {
                assertThat(house.database
                                .call(() -> house.leavings.of(news))
                                .get(0)
                                .people())
                        .as("fewer than five")
                        .isEmpty();
            }
        }

        assertThat(house.database.call(() -> house.leavings.of(news)))
                .singleElement()
                .satisfies(month -> assertThat(month.people())
                        .isEqualTo(Map.of(LeavingReason.HARD_TO_READ, 1L, LeavingReason.TOO_OFTEN, 4L)));
    }
}
