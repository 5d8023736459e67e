package org.tidings.site.internal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.api.ErrorCode;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.site.DatabaseAddress;

class EmbeddedConnectionsTest {

    @TempDir
    Path folder;

    @Test
    void opensAgainWhenTheDatabaseClosedItselfAndAConnectionOfBeforeIsUsed() throws SQLException {
        JdbcDataSource source = source();
        var connections = new EmbeddedConnections(source);
        Connection before = connections.open();
        closesItself(before);
        Connection after = connections.open();
        execute(after, "create table kept (n int)");

        assertThatThrownBy(() -> execute(before, "create table lost (n int)")).isInstanceOf(SQLException.class);

        // What our class is for: H2 alone opens no more now.
        assertThatThrownBy(source::getConnection)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(ErrorCode.DATABASE_ALREADY_OPEN_1));
        try (Connection opened = connections.open();
                Connection another = connections.open()) {
            execute(opened, "insert into kept values (1)");
            execute(another, "insert into kept values (2)");
            assertThat(after.isClosed()).isTrue();
        }
    }

    private JdbcDataSource source() {
        var source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + folder.resolve("db") + DatabaseAddress.H2_SETTINGS);
        source.setUser("tidings");
        source.setPassword("");
        return source;
    }

    /** As on a full disk: closed at once, for all its connections. */
    private static void closesItself(Connection connection) throws SQLException {
        var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        session.getDatabase().setPowerOffCount(1);
        assertThatThrownBy(() -> execute(connection, "create table never (n int)"))
                .isInstanceOf(SQLException.class);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
