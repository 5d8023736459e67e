package org.tidings.web.start;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.DatabaseMigrated;
import org.tidings.mail.DatabaseReady;
import org.tidings.mail.ModuleSchema;

/**
 * Brings the schema of every module up to date, then says {@link DatabaseMigrated} and {@link DatabaseReady}.
 *
 * <p>Tidings starts also while its database cannot be reached: it answers that it is not ready, and tries again every few
 * seconds. Two nodes that start together are kept apart by Flyway's own lock. Transactions are Flyway's, so the bean
 * manages none.
 *
 * <p>The data source is defined here and not elsewhere, because Payara's check of the persistence units, before anything is
 * deployed, sees only the definitions of enterprise beans in a WAR that has some. The pool is as large as what two to eight cores
 * can keep busy, and three nodes of it fit under PostgreSQL's default of 100 connections. A request waits at most ten seconds for
 * one. Isolation is read committed on both databases.
 */
@DataSourceDefinition(
        name = Database.JNDI_NAME,
        className = "org.tidings.web.start.TidingsDataSource",
        initialPoolSize = 1,
        minPoolSize = 1,
        maxPoolSize = 30,
        maxIdleTime = 300,
        isolationLevel = java.sql.Connection.TRANSACTION_READ_COMMITTED,
        properties = {
            "fish.payara.is-connection-validation-required=true",
            // A real query: H2 calls a connection valid whose database has closed itself on a full disk.
            "fish.payara.connection-validation-method=table",
            "fish.payara.validation-table-name=information_schema.information_schema_catalog_name",
            "fish.payara.validate-atmost-once-period-in-seconds=10",
            "fish.payara.max-wait-time-in-millis=10000",
            "fish.payara.connection-creation-retry-attempts=0",
            "fish.payara.statement-cache-size=0"
        })
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class MigrateAtStart {

    private static final Logger LOG = Logger.getLogger(MigrateAtStart.class.getName());
    private static final int RETRY_SECONDS = 5;

    @Resource(lookup = Database.JNDI_NAME)
    private DataSource dataSource;

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    private Instance<ModuleSchema> schemas;

    @Inject
    private Event<DatabaseMigrated> migrated;

    @Inject
    private Event<DatabaseReady> ready;

    @Inject
    private Database database;

    @Inject
    private StartReport report;

    private @Nullable ScheduledFuture<?> retry;

    @PostConstruct
    void start() {
        if (!migrate()) {
            retry = executor.schedule(this::tryAgain, RETRY_SECONDS, TimeUnit.SECONDS);
        }
        report.started(database);
    }

    @PreDestroy
    void stop() {
        if (retry != null) {
            retry.cancel(false);
        }
    }

    private void tryAgain() {
        if (migrate()) {
            report.becameReady();
        } else {
            retry = executor.schedule(this::tryAgain, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private boolean migrate() {
        try {
            schemas.stream().sorted(Comparator.comparing(ModuleSchema::name)).forEach(this::migrate);
            migrated.fire(new DatabaseMigrated());
        } catch (RuntimeException e) {
            String why = WhyUnreachable.explain(DatabaseAddress.of(ConfigProvider.getConfig()), e);
            if (!database.trouble().equals(java.util.Optional.of(why))) {
                LOG.log(Level.SEVERE, why, e);
            }
            database.failed(why);
            return false;
        }
        database.becameCurrent();
        ready.fire(new DatabaseReady());
        return true;
    }

    private void migrate(ModuleSchema schema) {
        Flyway.configure(getClass().getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:" + schema.location())
                .schemas(schema.name())
                .defaultSchema(schema.name())
                .createSchemas(true)
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }
}
