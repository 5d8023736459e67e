package org.tidings.launcher;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * What a database says of itself.
 *
 * @param version of the database's program
 * @param site its id; empty in a database from before it had one
 * @param generation of the site's data; 0 there
 */
record DatabaseFacts(String version, String site, int generation) {

    /** The same that the server writes for a backup that it was asked for. */
    static DatabaseFacts of(Properties lines) {
        return new DatabaseFacts(
                lines.getProperty("database-version", ""),
                lines.getProperty("site", ""),
                Integer.parseInt(lines.getProperty("generation", "0")));
    }

    static DatabaseFacts of(Connection connection) throws SQLException {
        String version = connection.getMetaData().getDatabaseProductVersion();
        if (!knowsGenerations(connection)) {
            return new DatabaseFacts(version, "", 0);
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select number, site from mail.generations order by number desc limit 1")) {
            return row.next()
                    ? new DatabaseFacts(version, row.getString("site"), row.getInt("number"))
                    : new DatabaseFacts(version, "", 0);
        }
    }

    /** Whether it is a database of Tidings at all. */
    static boolean isOurs(Connection connection) throws SQLException {
        return has(connection, "mail", "mailings");
    }

    static boolean knowsGenerations(Connection connection) throws SQLException {
        return has(connection, "mail", "generations");
    }

    static boolean has(Connection connection, String schema, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select count(*) from information_schema.tables where table_schema = ? and table_name = ?")) {
            statement.setString(1, schema);
            statement.setString(2, table);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getLong(1) > 0;
            }
        }
    }
}
