package org.tidings.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GateTest {

    private final Gate gate = new Gate();

    @Test
    void letsNothingInOnceItIsClosed() {
        AtomicInteger ran = new AtomicInteger();
        gate.pass(ran::incrementAndGet);
        gate.close();

        gate.pass(ran::incrementAndGet);

        assertThat(ran).hasValue(1);
        assertThat(gate.enter()).isFalse();
        assertThat(gate.inside()).isZero();
    }

    @Test
    void waitsForWhatIsIn() throws Exception {
        CountDownLatch isIn = new CountDownLatch(1);
        CountDownLatch mayGo = new CountDownLatch(1);
        CompletableFuture<Void> work = CompletableFuture.runAsync(() -> gate.pass(() -> {
            isIn.countDown();
            await(mayGo);
        }));
        isIn.await();
        gate.close();

        assertThat(gate.awaitEmpty(Duration.ofMillis(20))).isFalse();
        mayGo.countDown();

        assertThat(gate.awaitEmpty(Duration.ofSeconds(30))).isTrue();
        work.get();
    }

    @Test
    void isEmptyAgainAfterWorkThatFailed() {
        CompletableFuture<Void> failed = CompletableFuture.runAsync(() -> gate.pass(() -> {
            throw new IllegalStateException("on purpose");
        }));

        assertThat(failed).failsWithin(Duration.ofSeconds(30));
        assertThat(gate.awaitEmpty(Duration.ZERO)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
