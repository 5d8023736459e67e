package org.tidings.site.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.tidings.site.DatabaseAddress;

/**
 * The connections of this node: as many as two to eight cores can keep busy, and three nodes of it fit under PostgreSQL's default of
 * 100. Who finds none waits ten seconds at most. Isolation is read committed on both databases.
 */
final class Pool {

    private static final int MOST = 30;
    private static final int IDLE = 2;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration IDLE_FOR = Duration.ofMinutes(5);

    private Pool() {}

    /** Makes it; the database may be away yet. */
    static HikariDataSource of(DatabaseAddress address) {
        var config = new HikariConfig();
        config.setPoolName("tidings");
        config.setDataSource(new TidingsDataSource(address));
        config.setMaximumPoolSize(MOST);
        config.setMinimumIdle(IDLE);
        config.setConnectionTimeout(LONGEST_WAIT.toMillis());
        config.setIdleTimeout(IDLE_FOR.toMillis());
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        // A start without its database waits for it.
        config.setInitializationFailTimeout(-1);
        // A real query: H2 calls a connection valid whose database has closed itself on a full disk.
        config.setConnectionTestQuery("select 1 from information_schema.information_schema_catalog_name");
        if (address.isEmbedded()) {
            // Its connections do not age, and with the last of them it would close.
            config.setMaxLifetime(0);
            config.setExceptionOverride(new Closed());
        }
        return new HikariDataSource(config);
    }

    /** The embedded database has closed itself: none of its connections is of use any more. */
    private static final class Closed implements SQLExceptionOverride {

        private static final Set<Integer> CODES = Set.of(
                ErrorCode.DATABASE_IS_CLOSED,
                ErrorCode.CONNECTION_BROKEN_1,
                ErrorCode.OBJECT_CLOSED,
                ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
                ErrorCode.IO_EXCEPTION_1,
                ErrorCode.IO_EXCEPTION_2);

        @java.lang.Override
        public Override adjudicate(SQLException e) {
            return CODES.contains(e.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    }
}
