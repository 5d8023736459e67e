package org.tidings.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private final Logger log = Logger.getLogger(Refusals.class.getName());
    private final List<String> said = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private final Refusals refusals = new Refusals(clock::get);

    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord line) {
            said.add(line.getMessage());
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @BeforeEach
    void listen() {
        log.addHandler(ear);
    }

    @AfterEach
    void listenNoMore() {
        log.removeHandler(ear);
    }

    @Test
    void saysOnceInTenMinutesHowManyThereWereSinceTheLastTime() {
        for (int i = 0; i < 500; i++) {
            refusals.countAndSay("connections", "were closed.");
        }
        clock.addAndGet(TimeUnit.MINUTES.toNanos(11));
        refusals.countAndSay("connections", "were closed.");

        assertThat(said).containsExactly("1 were closed.", "500 were closed.");
        assertThat(refusals.getCounts()).containsEntry("connections", 501L).hasSize(1);
    }

    @Test
    void countsWhatNobodyCanDoAnythingAboutWithoutAWord() {
        refusals.count("too-large");
        refusals.count("too-large");

        assertThat(said).isEmpty();
        assertThat(refusals.getCounts()).containsEntry("too-large", 2L);
    }
}
