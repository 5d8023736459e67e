package org.tidings.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * How large the proofs are: short in {@code mvn verify}, long with {@code -Dfaults=long} ({@code benchmarks/faults.sh}). What chance
 * decides is decided again by {@code -Dfaults.seed=…}.
 */
final class Scale {

    private static final boolean LONG = System.getProperty("faults", "short").equals("long");
    private static final Path RESULTS = Path.of("target", "faults.txt");

    private Scale() {}

    /** Readers of an issue. */
    static int readers() {
        return LONG ? 20_000 : 3_000;
    }

    /** Kills within one mailing. */
    static int kills() {
        return LONG ? 5 : 2;
    }

    /** Longer than the takeover. */
    static Duration freeze() {
        return LONG ? Duration.ofSeconds(60) : Fleet.TAKEOVER.plusSeconds(5);
    }

    /** Where chance begins. */
    static long seed() {
        return Long.getLong("faults.seed", new SecureRandom().nextInt(1_000_000));
    }

    /** Keeps a line of figures for whoever runs the proofs by hand. */
    static void note(String line, Object... values) {
        try {
            Files.writeString(
                    RESULTS,
                    String.format(java.util.Locale.ROOT, line, values) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
