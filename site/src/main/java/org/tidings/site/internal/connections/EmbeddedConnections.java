package org.tidings.site.internal.connections;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;

/**
 * Opens connections to the embedded database, also after it has closed itself, as it does on a full disk.
 *
 * <p>H2 2.4 knows open databases by their name. A connection of before that is used or closed after the database was opened
 * again strikes the new one off the list. It goes on for those connected to it, and to everybody else it is "in use by another
 * process", which is this one, until the last of them leaves. So all are closed then, and the next ones open it anew.
 */
final class EmbeddedConnections {

    private static final Logger LOG = Logger.getLogger(EmbeddedConnections.class.getName());

    private final DataSource source;
    private final Set<Connection> opened = Collections.newSetFromMap(new WeakHashMap<>());

    EmbeddedConnections(DataSource source) {
        this.source = source;
    }

    /** @throws SQLException when it cannot be opened, also when another process has it */
    synchronized Connection open() throws SQLException {
        Connection connection;
        try {
            connection = source.getConnection();
        } catch (SQLException e) {
            if (e.getErrorCode() != ErrorCode.DATABASE_ALREADY_OPEN_1 || opened.isEmpty()) {
                throw e;
            }
            closeAll();
            connection = source.getConnection();
        }
        opened.add(connection);
        return connection;
    }

    private void closeAll() {
        LOG.warning("The embedded database lost sight of itself after it had closed; all connections are opened anew.");
        for (Connection connection : Set.copyOf(opened)) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.log(Level.FINE, "a connection of before could not be closed", e);
            }
        }
        opened.clear();
    }
}
