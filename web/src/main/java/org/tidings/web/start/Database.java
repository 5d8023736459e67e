package org.tidings.web.start;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * The one data source of all modules, and how it is doing since the start.
 *
 * <p>The pool is as large as what two to eight cores can keep busy, and three nodes of it fit under PostgreSQL's default
 * of 100 connections. A request waits at most ten seconds for one. Isolation is read committed on both databases.
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
            "fish.payara.connection-validation-method=custom-validation",
            "fish.payara.validation-classname=org.glassfish.api.jdbc.validation.JDBC40ConnectionValidation",
            "fish.payara.validate-atmost-once-period-in-seconds=10",
            "fish.payara.max-wait-time-in-millis=10000",
            "fish.payara.connection-creation-retry-attempts=0",
            "fish.payara.statement-cache-size=0"
        })
@ApplicationScoped
public class Database {

    /** Everything persistent is behind this name. */
    public static final String JNDI_NAME = "java:app/jdbc/tidings";

    private volatile boolean migrated;
    private volatile Optional<String> trouble = Optional.empty();

    /** The schema of every module is current: pages and background work may use the database. */
    public boolean isMigrated() {
        return migrated;
    }

    /** Why not, in the operator's words; never shown to visitors. */
    public Optional<String> trouble() {
        return trouble;
    }

    void becameCurrent() {
        migrated = true;
        trouble = Optional.empty();
    }

    void failed(String why) {
        trouble = Optional.of(why);
    }
}
