package org.tidings.it.clock;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The present, moved by as many milliseconds as the first eight bytes of a file say. The test writes them, the server maps
 * them: a move is seen at once, and there is no address on the server that could be called.
 */
public final class ShiftedClock extends Clock {

    /** Name of the environment variable with the file's path. */
    public static final String FILE = "SHIFTED_CLOCK_FILE";

    private final MappedByteBuffer shift;
    private final Clock present;

    private ShiftedClock(MappedByteBuffer shift, Clock present) {
        this.shift = shift;
        this.present = present;
    }

    /** Maps the file, which is made if it is not there. */
    public static ShiftedClock of(Path file) {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new ShiftedClock(channel.map(MapMode.READ_WRITE, 0, Long.BYTES), Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void shiftBy(long millis) {
        shift.putLong(0, millis);
    }

    public long shiftMillis() {
        return shift.getLong(0);
    }

    @Override
    public Instant instant() {
        return present.instant().plusMillis(shiftMillis());
    }

    @Override
    public ZoneId getZone() {
        return present.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new ShiftedClock(shift, present.withZone(zone));
    }

    /** Takes the place of the application's clock. The class is chosen too: CDI 4.0 asks both for it. */
    @Dependent
    @Alternative
    @Priority(1)
    public static class Bean {
        @Produces
        @Alternative
        @Priority(1)
        @Dependent
        public static Clock clock() {
            return of(Path.of(System.getenv(FILE)));
        }
    }
}
