package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.it.Newsroom.Figures;
import org.tidings.it.Newsroom.Sent;

/** What the build of an earlier day left when it was killed in the middle of a mailing, opened by this one. */
@Tag("own-process")
class UpgradeIT {

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void goesOnWithTheMailingOfAnEarlierBuild(String database) throws Exception {
        String name = "upgrade-" + database;
        try (Fleet fleet = database.equals("h2") ? Fleet.onH2(name) : Fleet.onPostgres(name, 1)) {
            TidingsProcess node = fleet.node(1);
            EarlierSite earlier = EarlierSite.unpacked(database, Path.of("target", "it-" + name, "earlier"));
            earlier.moveTo(node);
            if (earlier.dump().isPresent()) {
                fleet.execute(earlier.dump().get());
            }

            fleet.up();

            Newsroom newsroom = Newsroom.signedInAt(node);
            Sent middle = newsroom.sent(node, EarlierSite.IN_THE_MIDDLE);
            Figures end = newsroom.awaitFinished(node, middle.mailing());
            Set<String> doubtful = newsroom.doubtful(node, middle.paper(), middle.mailing());
            Reach reach = Reach.of(
                            fleet.sink(),
                            EarlierSite.IN_THE_MIDDLE,
                            middle.paper().readers())
                    .and(earlier.received(EarlierSite.IN_THE_MIDDLE));
            assertThat(middle.paper().readers()).hasSize(EarlierSite.READERS);
            reach.isNobodyLost();
            reach.isTwiceOnly(doubtful);
            assertThat(end).isEqualTo(EndingProofs.allSent(middle.paper(), doubtful.size()));
            repairsTheBooksOfBefore(fleet, newsroom, earlier);
        }
    }

    /** Whom the earlier build never wrote to is found and said, and written to at the press of a button; what it miscounted is put right. */
    private static void repairsTheBooksOfBefore(Fleet fleet, Newsroom newsroom, EarlierSite earlier) {
        TidingsProcess node = fleet.node(1);
        Sent missing = newsroom.sent(node, EarlierSite.MISSING);
        Sent miscounted = newsroom.sent(node, EarlierSite.MISCOUNTED);
        newsroom.awaitUnaccounted(node, EarlierSite.NEVER_WRITTEN_TO);
        assertThat(newsroom.figures(node, miscounted.mailing())).isEqualTo(EndingProofs.allSent(miscounted.paper(), 0));

        newsroom.sendToUnaccounted(node, missing.mailing());

        newsroom.awaitUnaccounted(node, 0);
        assertThat(newsroom.awaitFinished(node, missing.mailing())).isEqualTo(EndingProofs.allSent(missing.paper(), 0));
        assertThat(fleet.sink().mails(EarlierSite.MISSING)).hasSize(EarlierSite.NEVER_WRITTEN_TO);
        Reach.of(fleet.sink(), EarlierSite.MISSING, missing.paper().readers())
                .and(earlier.received(EarlierSite.MISSING))
                .isEverybodyOnce();
    }
}
