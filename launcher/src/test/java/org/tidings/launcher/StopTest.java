package org.tidings.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StopTest {

    private static final int TERM = 15;
    private static final int INT = 2;

    private final AtomicLong nanos = new AtomicLong(System.nanoTime());
    private final List<String> done = new ArrayList<>();
    private final Stop stop =
            new Stop(signal -> done.add("in order " + signal), signal -> done.add("at once " + signal), nanos::get);

    private void later(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    @Test
    void endsInOrderWhenAskedOnce() {
        stop.signalled(TERM);

        assertThat(done).containsExactly("in order 15");
    }

    @Test
    void endsAtOnceWhenAskedAgain() {
        stop.signalled(TERM);
        later(Duration.ofSeconds(2));
        stop.signalled(INT);

        assertThat(done).containsExactly("in order 15", "at once 2");
    }

    /** Ctrl-C goes to all processes of the terminal, the guardian and the server. */
    @Test
    void takesOneRequestThatComesInSeveralWaysForOne() {
        stop.passedOn(INT);
        stop.signalled(INT);
        stop.signalled(INT);
        later(Duration.ofSeconds(5));
        stop.passedOn(INT);

        assertThat(done).containsExactly("in order 2");
    }

    @Test
    void endsAtOnceWhenAskedAgainAfterTheGuardian() {
        stop.passedOn(TERM);
        later(Duration.ofSeconds(2));
        stop.signalled(TERM);

        assertThat(done).containsExactly("in order 15", "at once 15");
    }
}
