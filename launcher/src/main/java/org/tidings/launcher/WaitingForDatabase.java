package org.tidings.launcher;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

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
    static void untilItAnswers(Settings settings) throws InterruptedException {
        String url = settings.find("tidings.db.url").orElse("");
        if (!url.startsWith("jdbc:postgresql:")) {
            return;
        }
        String trouble = tryToConnect(url, settings);
        if (trouble.isEmpty()) {
            return;
        }
        Console.print("\n  NOT READY      The database cannot be reached: " + trouble
                + "\n                 Trying again every few seconds.");
        for (String next = trouble; !next.isEmpty(); next = tryToConnect(url, settings)) {
            Thread.sleep(RETRY_MILLIS);
        }
        Console.print("\n  The database answers now. Starting.");
    }

    /** Why not, empty if it does. */
    private static String tryToConnect(String url, Settings settings) {
        var properties = new Properties();
        properties.setProperty("user", settings.find("tidings.db.user").orElse("tidings"));
        properties.setProperty("password", settings.find("tidings.db.password").orElse(""));
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        try (Connection connection = DriverManager.getConnection(url, properties)) {
            return connection.isClosed() ? "it hangs up" : "";
        } catch (SQLException e) {
            return LogLine.oneLine(String.valueOf(e.getMessage()));
        }
    }
}
