package org.tidings.web.start;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.tidings.site.DatabaseAddress;
import org.tidings.site.DatabaseMigrated;
import org.tidings.site.DatabaseReady;
import org.tidings.site.ModuleSchema;
import org.tidings.web.config.EffectiveConfiguration;

/**
 * Brings the schema of every module up to date, then says {@link DatabaseMigrated} and {@link DatabaseReady}.
 *
 * <p>Tidings starts also while its database cannot be reached: it answers that it is not ready, and tries again every few
 * seconds. Two nodes that start together are kept apart by Flyway's own lock. Transactions are Flyway's, so the bean
 * manages none.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class MigrateAtStart {

    private static final Logger LOG = Logger.getLogger(MigrateAtStart.class.getName());
    private static final int RETRY_SECONDS = 5;
    /** Where tidings.jar finds what to say to the operator. */
    private static final String WHY = "org.tidings.cannot-start";

    /** Made when it is first asked for, after the keys were looked at: the pool fails on a wrong address. */
    @Inject
    private Instance<DataSource> dataSource;

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

    @Inject
    private EffectiveConfiguration configuration;

    @Inject
    private Ending ending;

    private @Nullable ScheduledFuture<?> retry;
    private volatile boolean started;

    @PostConstruct
    void start() {
        ending.listen();
        try {
            refuseWrongKeys();
            if (!ending.begin(this::migrate)) {
                retry = executor.schedule(this::tryAgain, RETRY_SECONDS, TimeUnit.SECONDS);
            }
        } catch (RuntimeException e) {
            // The container logs where it happened, and says nothing to the operator.
            System.setProperty(WHY, String.valueOf(rootOf(e).getMessage()));
            ending.listenNoMore();
            throw e;
        }
        started = true;
        report.started(database);
    }

    private void refuseWrongKeys() {
        List<String> refused = configuration.refused();
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n  ", refused));
        }
    }

    /** A key with a value that cannot be: waiting does not mend it, as it mends a database that is away. */
    private static boolean isAboutAKey(RuntimeException failure) {
        Throwable root = rootOf(failure);
        return root instanceof IllegalArgumentException
                && String.valueOf(root.getMessage()).startsWith("tidings.");
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    @PreDestroy
    void stop() {
        if (retry != null) {
            retry.cancel(false);
        }
    }

    private void tryAgain() {
        try {
            if (ending.begin(this::migrate)) {
                report.becameReady();
            } else if (!ending.isAsked()) {
                retry = executor.schedule(this::tryAgain, RETRY_SECONDS, TimeUnit.SECONDS);
            }
        } catch (RuntimeException e) {
            // What has begun cannot be begun again; nobody may take this node for one that sends.
            String why = "the start failed when the database had come; end this node and start it again: "
                    + rootOf(e).getMessage();
            LOG.log(Level.SEVERE, why, e);
            database.failedForGood(why);
        }
    }

    private boolean migrate() {
        try {
            for (ModuleSchema schema : schemas.stream()
                    .sorted(Comparator.comparing(ModuleSchema::name))
                    .toList()) {
                if (ending.isAsked()) {
                    return false;
                }
                migrate(schema);
            }
            migrated.fire(new DatabaseMigrated());
        } catch (RuntimeException e) {
            if (isAboutAKey(e) && !started) {
                throw e;
            }
            String why = WhyUnreachable.explain(DatabaseAddress.of(ConfigProvider.getConfig()), e);
            if (!database.trouble().equals(java.util.Optional.of(why))) {
                LOG.log(Level.SEVERE, why, e);
            }
            database.failed(why);
            return false;
        }
        if (ending.isAsked()) {
            return false;
        }
        database.becameCurrent();
        ready.fire(new DatabaseReady());
        return true;
    }

    private void migrate(ModuleSchema schema) {
        Flyway.configure(getClass().getClassLoader())
                .dataSource(dataSource.get())
                .locations("classpath:" + schema.location())
                .schemas(schema.name())
                .defaultSchema(schema.name())
                .createSchemas(true)
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }
}
