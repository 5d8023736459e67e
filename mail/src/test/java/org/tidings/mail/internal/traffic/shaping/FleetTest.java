package org.tidings.mail.internal.traffic.shaping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tidings.mail.MessageClass;
import org.tidings.mail.internal.settings.ServerPlan;
import org.tidings.mail.testing.MovableClock;

class FleetTest {

    private static final String SENDER = "acme.example.com";

    private final MovableClock clock = MovableClock.standing();

    private static ServerPlan server(String name) {
        return new ServerPlan(name, EnumSet.allOf(MessageClass.class), Set.of(), 1, 4, 500, 0);
    }

    private static ServerPlan server(String name, int weight, int perSecond) {
        return new ServerPlan(name, EnumSet.allOf(MessageClass.class), Set.of(), weight, 4, 500, perSecond);
    }

    private Fleet fleet(ServerPlan... plans) {
        return new Fleet(List.of(plans), clock, () -> clock.instant().toEpochMilli() * 1_000_000L);
    }

    /** Every server takes whenever it may, one mail a millisecond. */
    private int[] send(Fleet fleet, int servers, Duration time) {
        int[] taken = new int[servers];
        for (long i = 0; i < time.toMillis(); i++) {
            for (int server = 0; server < servers; server++) {
                if (fleet.mayTake(server, MessageClass.NEWSLETTER, SENDER)) {
                    fleet.took(server, MessageClass.NEWSLETTER, SENDER);
                    taken[server]++;
                }
            }
            clock.advance(Duration.ofMillis(1));
        }
        return taken;
    }

    private static ServerPlan read(Map<String, String> values) {
        return ServerPlan.further(key -> Optional.ofNullable(values.get(key)), server(ServerPlan.MAIN))
                .get(0);
    }

    @Test
    void readsAServerAndTakesTheRestFromTheMainOne() {
        Map<String, String> values = new HashMap<>(Map.of(
                "tidings.smtp.servers", "bulk",
                "tidings.smtp.bulk.url", "smtp://bulk.example.net",
                "tidings.smtp.bulk.classes", "NEWSLETTER, service",
                "tidings.smtp.bulk.domains", "News.acme.example.com",
                "tidings.smtp.bulk.weight", "3",
                "tidings.smtp.bulk.per-second", "50"));

        ServerPlan plan = read(values);

        assertThat(plan)
                .isEqualTo(new ServerPlan(
                        "bulk",
                        Set.of(MessageClass.NEWSLETTER, MessageClass.SERVICE),
                        Set.of("news.acme.example.com"),
                        3,
                        4,
                        500,
                        50));
    }

    @Test
    void saysWhichKeyIsWrong() {
        assertThatThrownBy(() -> read(Map.of("tidings.smtp.servers", "Bulk!")))
                .hasMessageContaining("tidings.smtp.servers");
        assertThatThrownBy(() -> read(Map.of("tidings.smtp.servers", "timeout")))
                .hasMessageContaining("tidings.smtp.servers");
        assertThatThrownBy(() -> read(Map.of("tidings.smtp.servers", "b", "tidings.smtp.b.classes", "spam")))
                .hasMessageContaining("tidings.smtp.b.classes");
        assertThatThrownBy(() -> read(Map.of("tidings.smtp.servers", "b", "tidings.smtp.b.weight", "-1")))
                .hasMessageContaining("tidings.smtp.b.weight");
    }

    @Test
    void routesByClassAndSenderDomain() {
        Fleet fleet = fleet(
                new ServerPlan("a", Set.of(MessageClass.ACCOUNT), Set.of(), 1, 4, 500, 0),
                new ServerPlan("b", Set.of(MessageClass.NEWSLETTER), Set.of("news.example.com"), 1, 4, 500, 0));

        assertThat(fleet.mayTake(0, MessageClass.ACCOUNT, SENDER)).isTrue();
        assertThat(fleet.mayTake(0, MessageClass.NEWSLETTER, "news.example.com"))
                .isFalse();
        assertThat(fleet.mayTake(1, MessageClass.NEWSLETTER, "news.example.com"))
                .isTrue();
        assertThat(fleet.mayTake(1, MessageClass.NEWSLETTER, SENDER)).isFalse();
        assertThat(fleet.carries(MessageClass.NEWSLETTER, SENDER)).isFalse();
    }

    @Test
    void sharesByWeight() {
        int[] taken = send(fleet(server("a", 3, 0), server("b", 1, 0)), 2, Duration.ofSeconds(10));

        assertThat((double) taken[0] / taken[1]).isCloseTo(3, within(0.05));
    }

    @Test
    void otherServerTakesOverAndNobodyCatchesUpAfterwards() {
        Fleet fleet = fleet(server("a"), server("b"));
        send(fleet, 2, Duration.ofSeconds(5));
        fleet.failed(0, "connection refused");

        int[] without = send(fleet, 2, Duration.ofSeconds(10));
        assertThat(without[0]).isZero();
        assertThat(without[1]).isEqualTo(10_000);

        fleet.connected(0);
        int[] again = send(fleet, 2, Duration.ofSeconds(10));
        assertThat((double) again[0] / again[1]).isCloseTo(1, within(0.05));
    }

    @Test
    void serverThatStandsStillHoldsNobodyUp() {
        Fleet fleet = fleet(server("a"), server("b"));
        send(fleet, 2, Duration.ofSeconds(1));
        int[] alone = send(fleet, 1, Duration.ofSeconds(10));

        assertThat(alone[0]).isGreaterThan(7_900);
    }

    @Test
    void spareServerTakesOnlyWhatTheOthersCannot() {
        Fleet fleet = fleet(server("a"), server("spare", 0, 0));
        assertThat(send(fleet, 2, Duration.ofSeconds(1))[1]).isZero();
        fleet.failed(0, "down");
        assertThat(send(fleet, 2, Duration.ofSeconds(1))[1]).isEqualTo(1_000);
    }

    @Test
    void keepsToTheRateAndHoldsNoAccountMailUp() {
        Fleet fleet = fleet(server("a", 1, 20));
        assertThat(send(fleet, 1, Duration.ofSeconds(10))[0]).isBetween(195, 202);
        fleet.took(0, MessageClass.ACCOUNT, SENDER);
        fleet.took(0, MessageClass.ACCOUNT, SENDER);
        assertThat(fleet.mayTake(0, MessageClass.NEWSLETTER, SENDER)).isFalse();
        assertThat(fleet.mayTake(0, MessageClass.ACCOUNT, SENDER)).isTrue();
    }

    @Test
    void limitedServerLeavesTheRestToTheOther() {
        int[] taken = send(fleet(server("a", 1, 20), server("b")), 2, Duration.ofSeconds(10));

        assertThat(taken[0]).isBetween(195, 202);
        assertThat(taken[1]).isGreaterThan(9_000);
    }

    @Test
    void nodesShareARate() {
        Fleet fleet = fleet(server("a", 1, 20));
        fleet.nodes(4);
        assertThat(send(fleet, 1, Duration.ofSeconds(10))[0]).isBetween(47, 52);
    }

    @Test
    void triesAServerThatIsDownLessAndLessOftenAndOneConnectionAtATime_S02() {
        Fleet fleet = fleet(server("a"));
        assertThat(fleet.mayConnect(0, 0)).isTrue();
        fleet.failed(0, "refused");
        fleet.failed(0, "refused");
        assertThat(fleet.mayConnect(0, 0)).isFalse();
        clock.advance(Duration.ofMillis(250));
        assertThat(fleet.mayConnect(0, 3)).isTrue();
        assertThat(fleet.mayConnect(0, 4)).isFalse();
        assertThat(fleet.mayConnect(0, 3)).isTrue();
        fleet.failed(0, "refused");
        clock.advance(Duration.ofMillis(250));
        assertThat(fleet.mayConnect(0, 0)).isFalse();
        clock.advance(Duration.ofMillis(250));
        assertThat(fleet.mayConnect(0, 0)).isTrue();
        for (int i = 0; i < 40; i++) {
            fleet.failed(0, "refused");
            clock.advance(Duration.ofSeconds(15));
        }
        assertThat(fleet.mayConnect(0, 0)).isTrue();
        Fleet.State state = fleet.states().get(0);
        assertThat(state.downSince()).isPresent();
        assertThat(state.lastError()).contains("refused");

        fleet.connected(0);
        assertThat(fleet.states().get(0).downSince()).isEmpty();
        assertThat(fleet.mayConnect(0, 0)).isTrue();
    }

    /** mail-received 6. */
    @Test
    void oneConnectionTellsHowTheServerIsBeforeTheOthersCome_6() {
        Fleet fleet = fleet(server("a"));
        assertThat(fleet.mayConnect(0, 0)).isTrue();
        assertThat(fleet.mayConnect(0, 1)).isFalse();
        fleet.triesNot(0, 0);
        assertThat(fleet.mayConnect(0, 1)).isTrue();
        fleet.connected(0);
        assertThat(fleet.mayConnect(0, 0)).isTrue();
        assertThat(fleet.mayConnect(0, 2)).isTrue();
        fleet.closed(0);
        assertThat(fleet.mayConnect(0, 0)).isTrue();
        assertThat(fleet.mayConnect(0, 2)).isFalse();
    }

    /** mail-received 6: providers lock accounts. */
    @Test
    void aRefusedSignInIsTriedAgainAfterMinutesThatGrow_6() {
        Fleet fleet = fleet(server("a"));
        for (int minutes : List.of(1, 2, 4, 8, 16, 32, 32)) {
            assertThat(fleet.mayConnect(0, 0)).isTrue();
            fleet.signInRefused(0, "535 5.7.8");
            clock.advance(Duration.ofMinutes(minutes).minusSeconds(1));
            assertThat(fleet.mayConnect(0, 0)).as("%d minutes", minutes).isFalse();
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(fleet.mayConnect(0, 0)).isTrue();
        fleet.connected(0);
        fleet.closed(0);
        assertThat(fleet.mayConnect(0, 0)).isTrue();
        fleet.signInRefused(0, "535 5.7.8");
        clock.advance(Duration.ofMinutes(1));
        assertThat(fleet.mayConnect(0, 0)).isTrue();
    }

    @Test
    void tellsARate() {
        Fleet fleet = fleet(server("a"));
        for (int i = 0; i < 200; i++) {
            fleet.accepted(0);
            clock.advance(Duration.ofMillis(100));
        }
        assertThat(fleet.states().get(0).perSecond()).isCloseTo(10, within(1.0));
        assertThat(fleet.states().get(0).sent()).isEqualTo(200);
    }
}
