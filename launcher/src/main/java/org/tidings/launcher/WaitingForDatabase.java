package org.tidings.launcher;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Waits for a PostgreSQL that does not answer yet, behind the {@link Door}.
 *
 * <p>The container refuses an application whose persistence units find no database, so it is not started before. A database
 * that goes away later is another matter: then the application itself answers.
 */
final class WaitingForDatabase {

    private static final int RETRY_MILLIS = 5000;
    private static final String CONNECT_SECONDS = "5";

    private WaitingForDatabase() {}

    /** Returns at once with the embedded database, otherwise when the database lets us in. */
    static void untilItAnswers(Settings settings, Path application) throws Exception {
        String url = settings.find("tidings.db.url").orElse("");
        if (!url.startsWith("jdbc:postgresql:")) {
            return;
        }
        try (URLClassLoader drivers = driversOf(application)) {
            Driver driver = (Driver) drivers.loadClass("org.postgresql.Driver")
                    .getDeclaredConstructor()
                    .newInstance();
            String trouble = tryToConnect(driver, url, settings);
            if (trouble.isEmpty()) {
                return;
            }
            Console.print("\n  NOT READY      The database cannot be reached: " + trouble
                    + "\n                 Trying again every few seconds.");
            for (String next = trouble; !next.isEmpty(); next = tryToConnect(driver, url, settings)) {
                Thread.sleep(RETRY_MILLIS);
            }
            Console.print("\n  The database answers now. Starting.");
        }
    }

    /** Why not, empty if it does. */
    private static String tryToConnect(Driver driver, String url, Settings settings) {
        var properties = new Properties();
        properties.setProperty("user", settings.find("tidings.db.user").orElse("tidings"));
        properties.setProperty("password", settings.find("tidings.db.password").orElse(""));
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        try (Connection connection = driver.connect(url, properties)) {
            return connection == null ? "not an address of PostgreSQL" : "";
        } catch (SQLException e) {
            return LogLine.oneLine(String.valueOf(e.getMessage()));
        }
    }

    private static URLClassLoader driversOf(Path application) throws IOException {
        try (Stream<Path> libraries = Files.list(application.resolve("WEB-INF/lib"))) {
            Path driver = libraries
                    .filter(file -> String.valueOf(file.getFileName()).startsWith("postgresql-"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the application came without a driver for PostgreSQL"));
            return new URLClassLoader(new URL[] {driver.toUri().toURL()});
        }
    }
}
