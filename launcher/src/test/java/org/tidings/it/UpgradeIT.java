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
            Figures missing = newsroom.figures(
                    node, newsroom.sent(node, EarlierSite.MISSING).mailing());
            assertThat(missing.expected() - missing.sent() - missing.failed() - missing.skipped())
                    .as("whom the earlier build never wrote to are counted nowhere")
                    .isEqualTo(EarlierSite.NEVER_WRITTEN_TO);
        }
    }
}
