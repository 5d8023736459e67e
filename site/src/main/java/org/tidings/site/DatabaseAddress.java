package org.tidings.site;

import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Where the data is kept: {@code tidings.db.url} with its user and password, or else an H2 file under {@code
 * tidings.data.dir}.
 *
 * <p>The embedded database speaks PostgreSQL's dialect, so that the same migrations and statements run on both. Its write
 * delay of half a second would lose answered commits when the process is killed, so it is off. It is closed by the pool
 * when the application stops, not by a shutdown hook of its own, which would pull it away from work in flight. It keeps no
 * trace file, which would hold statements with their values.
 *
 * @param password empty if there is none; never printed
 */
public record DatabaseAddress(String url, String user, String password) {

    /** What H2 is to be like, for the end of its address. */
    public static final String H2_SETTINGS =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;LOCK_TIMEOUT=10000"
                    + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

    /** As configured. */
    public static DatabaseAddress of(Config config) {
        Optional<String> url = config.getOptionalValue("tidings.db.url", String.class);
        if (url.isEmpty()) {
            return new DatabaseAddress("jdbc:h2:file:" + file(config) + H2_SETTINGS, "tidings", "");
        }
        return new DatabaseAddress(
                url.get(),
                config.getOptionalValue("tidings.db.user", String.class).orElse("tidings"),
                config.getOptionalValue("tidings.db.password", String.class).orElse(""));
    }

    /** Whether it is H2, in a file of the data folder. */
    public boolean isEmbedded() {
        return url.startsWith("jdbc:h2:");
    }

    private static Path file(Config config) {
        return Path.of(config.getOptionalValue("tidings.data.dir", String.class).orElse("./data"))
                .toAbsolutePath()
                .normalize()
                .resolve("tidings");
    }

    @Override
    public String toString() {
        return url.replaceAll("(?i)(password=)[^&;]*", "$1***");
    }
}
