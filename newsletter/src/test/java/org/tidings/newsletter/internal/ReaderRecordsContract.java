package org.tidings.newsletter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountOpened;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.newsletter.ConsentView;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewReader;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.ReaderCorrection;
import org.tidings.newsletter.ReaderEvent;
import org.tidings.newsletter.ReaderEvent.Kind;
import org.tidings.newsletter.ReaderRecords.Added;
import org.tidings.newsletter.ReaderRejected;
import org.tidings.newsletter.ReaderRejected.Reason;
import org.tidings.newsletter.ReaderView;
import org.tidings.newsletter.SubscriberId;
import org.tidings.newsletter.SubscriptionState;

/** One reader at staff's hands, the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReaderRecordsContract {

    private static final String PROOF = "Signed the list at our stand on 12 October.";

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

    private ReaderView find(EmailAddress address) {
        return house.database.call(() -> house.readers.find(address)).orElseThrow();
    }

    private List<ReaderEvent> history(EmailAddress address) {
        SubscriberId id = find(address).id();
        return house.database.call(() -> house.readers.history(id, 50));
    }

    private Added add(EmailAddress address, NewsletterId newsletter, Optional<String> proof) {
        return house.database.call(() -> house.readers.add(
                new NewReader(
                        address,
                        "Ada",
                        Locale.GERMAN,
                        Optional.of(ZoneId.of("Europe/Berlin")),
                        Set.of(newsletter),
                        proof),
                house.staff));
    }

    private ReaderRejected.Reason reasonOf(String field, Runnable work) {
        try {
            house.database.inTransaction(work::run);
            throw new AssertionError("was done");
        } catch (ReaderRejected e) {
            return e.fields().getOrDefault(field, Reason.UNKNOWN);
        }
    }

    @Test
    void addsAReaderWithTheProofOnRecord() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = House.address();

        assertThat(add(ada, news, Optional.of(PROOF))).isEqualTo(Added.SUBSCRIBED);
        assertThat(add(ada, news, Optional.of(PROOF))).isEqualTo(Added.KNOWN);

        ReaderView reader = find(ada);
        assertThat(reader.name()).isEqualTo("Ada");
        assertThat(reader.zone()).contains(ZoneId.of("Europe/Berlin"));
        assertThat(house.entry(ada, news).state()).isEqualTo(SubscriptionState.CONFIRMED);
        List<ConsentView> consents = house.database.call(() -> house.subscribers.consents(reader.id()));
        assertThat(consents)
                .extracting(ConsentView::means, ConsentView::statement)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Means.STAFF, PROOF));
    }

    /** P2: nobody is brought back by somebody else's word. */
    @Test
    void asksByMailWhoHasLeftWhateverTheProofSays_P2() {
        NewsletterId news = house.newsletter("News");
        EmailAddress left = house.reader(news);
        house.database.inTransaction(() -> house.preferences.unsubscribe(house.token(left, news), Means.ONE_CLICK));
        EmailAddress erased = house.reader(news);
        SubscriberId gone = find(erased).id();
        house.database.inTransaction(() -> house.readers.erase(gone, "asked for by telephone", house.staff));

        assertThat(add(left, news, Optional.of(PROOF))).isEqualTo(Added.ASKED);
        assertThat(add(erased, news, Optional.of(PROOF))).isEqualTo(Added.ASKED);
        assertThat(add(House.address(), news, Optional.empty())).isEqualTo(Added.ASKED);

        assertThat(house.entry(left, news).state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        assertThat(house.database.call(() -> house.readers.find(erased))).isEmpty();
        assertThat(reasonOf("proof", () -> add(House.address(), news, Optional.of("yes"))))
                .isEqualTo(Reason.TOO_SHORT);
        assertThat(house.database.call(house.answering::waiting)).hasSize(3);
        house.answer();
    }

    @Test
    void correctsWithAReasonAndSaysSoInTheHistory() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = house.reader(news);
        SubscriberId id = find(ada).id();

        house.database.inTransaction(() -> house.readers.correct(
                id,
                new ReaderCorrection(
                        Optional.of(new ReaderCorrection.Details(
                                "Ada L.", Locale.FRENCH, Optional.of(ZoneId.of("Asia/Tokyo")))),
                        Map.of(),
                        Optional.of(List.of("vip"))),
                "written by letter",
                house.staff));

        ReaderView reader = find(ada);
        assertThat(reader.name()).isEqualTo("Ada L.");
        assertThat(reader.language()).isEqualTo(Locale.FRENCH);
        assertThat(reader.zone()).contains(ZoneId.of("Asia/Tokyo"));
        assertThat(reader.tags()).containsExactly("vip");
        ReaderCorrection link = new ReaderCorrection(
                Optional.of(new ReaderCorrection.Details("win at www.example", Locale.ENGLISH, Optional.empty())),
                Map.of(),
                Optional.empty());
        assertThat(reasonOf("name", () -> house.readers.correct(id, link, "for a reason", house.staff)))
                .isEqualTo(Reason.LINK);
        assertThat(reasonOf("reason", () -> house.readers.correct(id, link, " ", house.staff)))
                .isEqualTo(Reason.TOO_SHORT);
    }

    @Test
    void tellsWhatHappened() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = house.reader(news);
        house.clock.advance(Duration.ofMinutes(1));
        house.database.inTransaction(() -> house.preferences.unsubscribe(house.token(ada, news), Means.ONE_CLICK));
        house.clock.advance(Duration.ofMinutes(1));
        house.request(news, ada);
        house.database.inTransaction(() -> house.subscriptions.confirm(house.tokenOfNewestLink()));

        assertThat(history(ada))
                .extracting(ReaderEvent::kind)
                .startsWith(Kind.RETURNED, Kind.LEFT)
                .contains(Kind.AGREED, Kind.ENTERED)
                .hasSize(4);
    }

    @Test
    void mergesTwoEntriesOfOnePerson() {
        NewsletterId news = house.newsletter("News");
        NewsletterId other = house.newsletter("Other");
        EmailAddress stays = house.reader(news);
        EmailAddress goes = house.reader(other);
        String token = house.token(goes, other);
        SubscriberId id = find(stays).id();

        assertThat(reasonOf("other", () -> house.readers.merge(id, stays, "the same person", house.staff)))
                .isEqualTo(Reason.UNKNOWN);
        house.database.inTransaction(() -> house.readers.merge(id, goes, "the same person", house.staff));

        assertThat(house.database.call(() -> house.readers.find(goes))).isEmpty();
        assertThat(house.entry(stays, other).state()).isEqualTo(SubscriptionState.CONFIRMED);
        house.database.inTransaction(() -> house.preferences.unsubscribe(token, Means.ONE_CLICK));
        assertThat(house.entry(stays, other).state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        AccountId account = new AccountId(SubscriptionBook.newId());
        EmailAddress member = House.address();
        house.database.inTransaction(() -> house.facts.opened(new AccountOpened(
                account,
                member,
                "M",
                Locale.ENGLISH,
                Optional.empty(),
                Set.of(news.value().toString()),
                house.clock.now())));
        assertThat(reasonOf("other", () -> house.readers.merge(id, member, "the same person", house.staff)))
                .isEqualTo(Reason.HAS_ACCOUNT);
    }

    /** Not even with another entry that staff have entered anew, and not by her former address in a list. */
    @Test
    void mergingBringsNobodyBackWhoLeft() {
        NewsletterId news = house.newsletter("News");
        EmailAddress left = house.reader(news);
        String token = house.token(left, news);
        house.database.inTransaction(() -> house.preferences.unsubscribe(token, Means.ONE_CLICK));
        house.clock.advance(Duration.ofMinutes(1));
        EmailAddress again = House.address();
        add(again, news, Optional.of("She said so at our desk in May."));
        SubscriberId kept = find(left).id();

        house.database.inTransaction(() -> house.readers.merge(kept, again, "the same person", house.staff));

        assertThat(house.entry(left, news).state()).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        assertThat(add(again, news, Optional.of("She said so at our desk in May.")))
                .isEqualTo(Added.ASKED);
    }

    @Test
    void copiesAndErasesWithAReason() {
        NewsletterId news = house.newsletter("News");
        EmailAddress ada = house.reader(news);
        SubscriberId id = find(ada).id();

        Map<String, Object> copy =
                house.database.call(() -> house.readers.copy(id, "asked for by letter", house.staff));
        house.database.inTransaction(() -> house.readers.erase(id, "asked for by letter", house.staff));

        assertThat(copy.toString()).contains(ada.original());
        assertThat(house.database.call(() -> house.readers.find(id))).isEmpty();
        assertThat(house.erased).contains(ada);
        assertThatThrownBy(() -> house.database.call(() -> house.readers.copy(id, "asked for again", house.staff)))
                .isInstanceOf(ReaderRejected.class);
    }
}
