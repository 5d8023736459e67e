package org.tidings.site.internal.connections;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration.TransactionIsolation;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.tidings.site.DatabaseFailures;

/**
 * The connections of this node: as many as two to eight cores can keep busy, and three nodes of it fit under PostgreSQL's default of
 * 100. Who finds none waits ten seconds at most; while the database refuses connections everybody is told at once. Isolation is
 * read committed on both databases.
 */
public final class Pool {

    private static final int MOST = 30;
    private static final int KEPT = 2;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration IDLE_FOR = Duration.ofMinutes(5);
    /** A connection that rested for longer is tried before it is given out. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final int VALIDATION_SECONDS = 5;

    private Pool() {}

    /** Makes it, without asking for the database: that may be away yet. */
    public static AgroalDataSource make() {
        return make(TidingsDataSource.class);
    }

    /** @param database made once, by its constructor without parameters */
    static AgroalDataSource make(Class<? extends DataSource> database) {
        var configuration = new AgroalDataSourceConfigurationSupplier();
        configuration.metricsEnabled(false);
        configuration
                .connectionPoolConfiguration()
                .initialSize(0)
                .minSize(KEPT)
                .maxSize(MOST)
                .acquisitionTimeout(LONGEST_WAIT)
                .reapTimeout(IDLE_FOR)
                .idleValidationTimeout(FRESH)
                // A real query: H2 calls a connection valid whose database has closed itself on a full disk.
                .connectionValidator(ConnectionValidator.sqlValidator(
                        "select 1 from information_schema.information_schema_catalog_name", VALIDATION_SECONDS))
                .exceptionSorter(DatabaseFailures::isConnectionLost)
                .connectionFactoryConfiguration()
                .connectionProviderClass(database)
                .jdbcTransactionIsolation(TransactionIsolation.READ_COMMITTED);
        try {
            return AgroalDataSource.from(configuration);
        } catch (SQLException e) {
            throw new IllegalStateException("the pool of connections cannot be made", e);
        }
    }
}
