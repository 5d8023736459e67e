package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The present moment, to the microsecond that both databases keep. */
@ApplicationScoped
class Now {

    @Inject
    Clock clock;

    OffsetDateTime get() {
        return clock.instant().atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    }
}
