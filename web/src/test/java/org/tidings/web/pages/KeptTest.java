package org.tidings.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeptTest {

    private Instant now = Instant.parse("2026-11-29T12:00:00Z");
    private final AtomicInteger looks = new AtomicInteger();
    private final Kept kept = new Kept(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    private int look() {
        return kept.get("looks", looks::incrementAndGet);
    }

    @Test
    void looksOnceASecond() {
        assertThat(List.of(look(), look())).containsExactly(1, 1);

        now = now.plusMillis(999);
        assertThat(look()).isEqualTo(1);

        now = now.plusMillis(1);
        assertThat(look()).isEqualTo(2);
    }

    @Test
    void looksAgainAfterAChange() {
        look();

        kept.forget();

        assertThat(look()).isEqualTo(2);
    }

    @Test
    void looksAgainWhenTheClockIsPutBack() {
        look();
        now = now.minusSeconds(1);

        assertThat(look()).isEqualTo(2);
    }

    @Test
    void keepsEachUnderItsName() {
        look();

        assertThat(kept.<String>get("other", () -> "other")).isEqualTo("other");
        assertThat(look()).isEqualTo(1);
    }
}
