package org.tidings.newsletter.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.newsletter.ImportReport;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.SubscriptionState;

/** Whatever a list has in it: every row ends in one figure, the check says what the import then does, and only who may be is written to. */
class ImportFiguresTest {

    private static final String BASIS = "They signed a list at our desk in the hall.";

    @SuppressWarnings("NullAway.Init") // set before the first try
    private static House house;

    @BeforeContainer
    static void build() {
        house = new House(TestDatabase.h2("newsletter"));
    }

    @AfterContainer
    static void close() {
        house.close();
    }

    @Provide
    Arbitrary<String> row() {
        // Few addresses, so that they meet again in the file and in the newsletter.
        Arbitrary<String> address = Arbitraries.frequencyOf(
                Tuple.of(12, Arbitraries.integers().between(1, 12).map(i -> "p" + i + "@example.org")),
                Tuple.of(2, Arbitraries.integers().between(1, 12).map(i -> " P" + i + "@EXAMPLE.org\u200B")),
                Tuple.of(
                        2,
                        Arbitraries.of("", "nobody", "a@b@c", "\u00A0", "<p3@example.org>", "mailto:p4@example.org")));
        Arbitrary<String> name = Arbitraries.of("", "Ann", "\"Ann\nEk\"", "'-5", "=1", "\"x, y\"", "n".repeat(300));
        Arbitrary<String> status = Arbitraries.of(
                "active",
                "subscribed",
                "subscribed",
                "unsubscribed",
                "pending",
                "bounced",
                "blocked",
                "complained",
                "Aktiv",
                "abgemeldet");
        Arbitrary<String> day = Arbitraries.of("", "", "", "2020-01-01", "2199-01-01", "01.02.2023");
        Arbitrary<String> more = Arbitraries.of("", "", "", ",", ",surplus");
        return Combinators.combine(address, name, status, day, more)
                .as((a, n, s, d, m) -> String.join(",", a, n, s, d) + m);
    }

    @Property(tries = 40)
    void everyRowIsInOneFigureAndTheCheckSaysTheSame(@ForAll @Size(max = 40) List<@From("row") String> rows) {
        NewsletterId news = house.newsletter("News");
        String header = "email,name,status,unsubscribed_at\n";
        String known = "p1@example.org,,active,\np2@example.org,Bob,active,\np3@example.org,,unsubscribed,\n";
        importing(news, header + known, false);
        String csv = header + rows.stream().map(row -> row + "\n").collect(Collectors.joining())
                + "last@example.org,,active,\n";

        ImportReport checked = importing(news, csv, true);
        ImportReport done = importing(news, csv, false);
        ImportReport again = importing(news, csv, false);

        assertThat(done).usingRecursiveComparison().ignoringFields("imported").isEqualTo(checked);
        for (ImportReport report : List.of(done, again)) {
            assertThat(report.questions()).isEmpty();
            assertThat(report.added()
                            + report.completed()
                            + report.known()
                            + report.optedOut()
                            + report.left()
                            + report.blocked()
                            + report.pending()
                            + report.leftOut()
                            + report.duplicates()
                            + report.errors())
                    .isEqualTo(report.rows());
        }
        assertThat(again.added() + again.completed() + again.ended()).isZero();
        long confirmed =
                house.database.call(() -> house.subscribers.count(news)).getOrDefault(SubscriptionState.CONFIRMED, 0L);
        assertThat(confirmed).isEqualTo(2 + done.added() - done.ended());
    }

    private static ImportReport importing(NewsletterId news, String csv, boolean dryRun) {
        return house.database.call(() -> house.subscribers.importFrom(
                news, new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), BASIS, dryRun, house.staff));
    }
}
