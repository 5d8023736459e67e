package org.tidings.newsletter.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.site.Languages;

/** Sample content comes once and goes without a trace. */
abstract class SamplesContract {

    @SuppressWarnings("NullAway.Init") // set before each test
    private House house;

    @SuppressWarnings("NullAway.Init")
    private Samples samples;

    abstract TestDatabase open();

    @BeforeEach
    void build() {
        house = new House(open());
        samples = new Samples(
                house.database.entityManager("newsletter"),
                house.database.dataSource(),
                house.newsletters,
                house.issues,
                house.subscribers,
                house.clock);
    }

    @AfterEach
    @SuppressWarnings("NullAway") // not set when the database did not start
    void close() {
        if (house != null) {
            house.close();
        }
    }

    @Test
    void showsNewslettersWithIssuesAndConfirmedSubscribers() {
        house.database.inTransaction(() -> samples.add(house.staff));

        assertThat(house.database.call(house.newsletters::offered))
                .extracting(NewsletterView::name)
                .containsExactly("Field Notes", "La lettre du mois", "Monatspost", "Under the Hood");
        NewsletterView notes = house.database
                .call(() -> house.newsletters.findBySlug("field-notes"))
                .orElseThrow();
        assertThat(house.database.call(() -> house.issues.archive(notes.id(), null, 10)))
                .hasSize(2);
        assertThat(house.database
                        .call(() -> house.subscribers.count(notes.id()))
                        .get(SubscriptionState.CONFIRMED))
                .isEqualTo(120);
        assertThat(house.outbox.letters()).isEmpty();
    }

    /** Whoever looks around shall find something in her language. */
    @Test
    void hasANewsletterInEveryLanguageOfTheSite() {
        house.database.inTransaction(() -> samples.add(house.staff));

        assertThat(house.database.call(house.newsletters::offered))
                .extracting(NewsletterView::language)
                .containsAll(Languages.ALL);
    }

    @Test
    void addsNothingTwice() {
        house.database.inTransaction(() -> samples.add(house.staff));
        house.database.inTransaction(() -> samples.add(house.staff));

        assertThat(house.database.call(house.newsletters::all)).hasSize(4);
    }

    @Test
    void goesWithoutTouchingWhatIsReal() {
        NewsletterId real = house.newsletter("Real");
        house.reader(real);
        house.database.inTransaction(() -> samples.add(house.staff));

        house.database.inTransaction(() -> samples.remove(house.staff));

        assertThat(house.database.call(house.newsletters::all))
                .extracting(NewsletterView::id)
                .containsExactly(real);
        assertThat(house.database.call(() -> samples.present())).isFalse();
        assertThat(house.database.call(
                        () -> house.sql.list("select count(*) from newsletter.subscriber", row -> row.getInt(1))))
                .containsExactly(1);
        assertThat(house.database.call(() -> house.subscribers.count(real)).get(SubscriptionState.CONFIRMED))
                .isEqualTo(1);
    }

    @Test
    void leavesANewsletterOfTheSameAddressAlone() {
        house.database.inTransaction(() -> house.newsletters.create(
                new org.tidings.newsletter.NewsletterDetails(
                        "field-notes", "Ours", "Ours.", Locale.ENGLISH, "weekly", "", true),
                house.staff));

        house.database.inTransaction(() -> samples.add(house.staff));
        house.database.inTransaction(() -> samples.remove(house.staff));

        assertThat(house.database.call(house.newsletters::all))
                .extracting(NewsletterView::name)
                .containsExactly("Ours");
    }
}
