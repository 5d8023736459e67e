package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tidings.it.Newsroom.Figures;
import org.tidings.it.Newsroom.Paper;

/**
 * What holds however the servers of a site end, on either database: nobody is lost, nobody is written to twice but those of whom
 * the product says so, and the books balance (ADR 003).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EndingProofs {

    /** Of one node: four connections by default, and on each one mail whose content was begun. */
    static final int IN_FLIGHT = 4;

    private static final Duration SLOW = Duration.ofMillis(10);

    private final Fleet fleet;
    private Newsroom newsroom;

    @SuppressWarnings("NullAway.Init") // the newsroom opens when the fleet is up
    EndingProofs(Fleet fleet) {
        this.fleet = fleet;
    }

    final Fleet fleet() {
        return fleet;
    }

    final Newsroom newsroom() {
        return newsroom;
    }

    final MailSink sink() {
        return fleet.sink();
    }

    final TidingsProcess node(int number) {
        return fleet.node(number);
    }

    @BeforeAll
    void open() {
        fleet.up();
        newsroom = Newsroom.openedAt(fleet.nodes());
    }

    /** Whatever the proof before has ended. */
    @BeforeEach
    void allAreUp() {
        sink().release();
        sink().delayEveryMail(Duration.ZERO);
        fleet.up();
    }

    @AfterAll
    void close() {
        fleet.close();
    }

    @Test
    void losesNobodyWhenServersAreKilledAtRandom() {
        long seed = Scale.seed();
        Random chance = new Random(seed);
        Paper paper = newsroom.paper(node(1), "killed", Scale.readers());
        String subject = "Killed at random";
        sink().delayEveryMail(SLOW);

        String mailing = newsroom.send(node(1), paper, subject);
        int part = paper.readers().size() / (Scale.kills() + 1);
        int victim = chance.nextInt(fleet.nodes().size());
        for (int i = 0; i < Scale.kills(); i++) {
            sink().awaitCount(subject, part * i + 1 + chance.nextInt(part));
            kill(fleet.nodes().get(victim), chance);
            victim = (victim + 1) % fleet.nodes().size();
        }
        fleet.up();

        Figures end = newsroom.awaitFinished(node(1), mailing);
        Set<String> doubtful = newsroom.doubtful(node(1), paper, mailing);
        Reach reach = Reach.of(sink(), subject, paper.readers());
        Scale.note(
                "killed %d times (seed %d): %s, copies %d, twice %d",
                Scale.kills(), seed, end, reach.copies(), reach.twice().size());
        reach.isNobodyLost();
        reach.isTwiceOnly(doubtful);
        assertThat(doubtful)
                .as("doubtful: no more than were in flight (seed %d)", seed)
                .hasSizeLessThanOrEqualTo(Scale.kills() * IN_FLIGHT);
        assertThat(end).as("the books (seed %d)", seed).isEqualTo(allSent(paper, doubtful.size()));
        assertThat(newsroom.handedOver(node(1), mailing))
                .as("lines of the ledger (seed %d)", seed)
                .isEqualTo(paper.readers().size());
    }

    private static void kill(TidingsProcess victim, Random chance) {
        switch (chance.nextInt(3)) {
            case 0 -> victim.kill();
            case 1 -> victim.killServer();
            default -> victim.killAll();
        }
        victim.launch();
    }

    /** What is on its way at SIGTERM waits for its replies; then everything else must stay where it is until the next start. */
    @Test
    void finishesWhatIsOnItsWayAtSigtermAndBeginsNothing() throws SQLException {
        Paper paper = newsroom.paper(node(1), "stopped", Scale.readers());
        String subject = "Stopped in the middle";
        Paper few = newsroom.paper(node(1), "overdue", 100);
        String overdue = newsroom.schedule(node(1), few, "Overdue", inHalfAnHour());
        sink().delayEveryMail(SLOW);
        String mailing = newsroom.send(node(1), paper, subject);
        sink().awaitCount(subject, paper.readers().size() / 5);
        for (int i = 1; i <= fleet.nodes().size(); i++) {
            sink().hold(Fleet.gateOf(i));
        }
        for (int i = 1; i <= fleet.nodes().size(); i++) {
            sink().awaitHeld(Fleet.gateOf(i));
        }

        long signal = System.nanoTime();
        fleet.nodes().forEach(TidingsProcess::terminate);
        fleet.nodes().forEach(TidingsProcess::awaitNotReady);
        long notReady = System.nanoTime();
        sink().release();
        for (TidingsProcess node : fleet.nodes()) {
            assertThat(node.awaitEnd()).as("exit code").isIn(0, 143);
        }

        Scale.note("SIGTERM: gone after %d ms", (System.nanoTime() - signal) / 1_000_000);
        List<MailSink.Mail> begun = sink().mails(subject).stream()
                .filter(mail -> mail.begunAt() > notReady)
                .toList();
        assertThat(begun)
                .as("mails begun after the nodes had said that they end")
                .isEmpty();
        assertThat(fleet.number("select count(*) from mail.nodes")).as("nodes").isZero();
        assertThat(fleet.number("select count(*) from mail.claims"))
                .as("claims")
                .isZero();
        assertThat(fleet.number("select count(*) from mail.retries where ever_doubtful"))
                .as("doubtful")
                .isZero();

        sink().delayEveryMail(Duration.ZERO);
        // Half an hour passes while all are down.
        fleet.nodes()
                .forEach(node -> node.clock()
                        .shiftBy(
                                node.clock().shiftMillis() + Duration.ofHours(1).toMillis()));
        fleet.up();

        assertThat(newsroom.awaitFinished(node(1), mailing)).isEqualTo(allSent(paper, 0));
        Reach.of(sink(), subject, paper.readers()).isEverybodyOnce();
        String late = newsroom.awaitMailing(node(1), overdue);
        assertThat(newsroom.awaitFinished(node(1), late)).isEqualTo(allSent(few, 0));
        Reach.of(sink(), "Overdue", few.readers()).isEverybodyOnce();
    }

    final OffsetDateTime inHalfAnHour() {
        return node(1).clock().instant().atOffset(ZoneOffset.UTC).plusMinutes(30);
    }

    static Figures allSent(Paper paper, long doubtful) {
        int all = paper.readers().size();
        return new Figures("finished", all, all, 0, 0, 0, doubtful);
    }
}
