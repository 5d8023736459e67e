package org.tidings.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** The embedded database in a folder that nobody else has open. */
final class EmbeddedDatabase implements AutoCloseable {

    static final String FILE = "tidings.mv.db";

    /** As the server opens it; never made here. */
    private static final String SETTINGS =
            ";IFEXISTS=TRUE;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0"
                    + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

    private final Drivers drivers;
    private final Connection connection;

    private EmbeddedDatabase(Drivers drivers, Connection connection) {
        this.drivers = drivers;
        this.connection = connection;
    }

    /** @throws CannotStart when there is none, or it cannot be opened */
    static EmbeddedDatabase in(Path folder) throws IOException {
        if (!Files.exists(folder.resolve(FILE))) {
            throw new CannotStart("There is no database in " + folder + ".");
        }
        Drivers drivers = Drivers.h2(Tidings.ownJar());
        try {
            var properties = new Properties();
            properties.setProperty("user", "tidings");
            properties.setProperty("password", "");
            return new EmbeddedDatabase(
                    drivers, drivers.connect("jdbc:h2:file:" + folder.resolve("tidings") + SETTINGS, properties));
        } catch (SQLException e) {
            drivers.close();
            throw new CannotStart(
                    "The database in " + folder + " cannot be opened: "
                            + LogLine.oneLine(String.valueOf(e.getMessage())),
                    e);
        }
    }

    DatabaseFacts facts() throws SQLException {
        return DatabaseFacts.of(connection);
    }

    boolean isOurs() throws SQLException {
        return DatabaseFacts.isOurs(connection);
    }

    /** Writes the whole of it over an empty file. */
    void backUpTo(Path file) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("backup to ?")) {
            statement.setString(1, file.toString());
            statement.execute();
        }
    }

    /**
     * Leaves word for the next start that this is a backup which was put back.
     *
     * @return false when it is from before there was a place for that
     */
    boolean sayPutBack() throws SQLException {
        if (!DatabaseFacts.knowsGenerations(connection)) {
            return false;
        }
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate("update mail.generations set put_back_at = current_timestamp where number ="
                            + " (select max(number) from mail.generations)")
                    > 0;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException(e);
        } finally {
            drivers.close();
        }
    }
}
