package org.tidings.site.internal;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.tidings.site.ConfigurationKey;
import org.tidings.site.JdbcTransactions;
import org.tidings.site.ModuleSchema;
import org.tidings.site.Now;
import org.tidings.site.Site;
import org.tidings.site.SiteHasEnded;
import org.tidings.site.TransactionProofs;
import org.tidings.site.WrittenLanguages;
import org.tidings.site.internal.connections.Pool;

/** What the ground floor gives to the container. */
@ApplicationScoped
class SiteBeans {

    private final AgroalDataSource pool = Pool.make();
    private final JdbcTransactions transactions = new JdbcTransactions(pool);

    @Produces
    @Singleton
    JdbcTransactions jdbcTransactions() {
        return transactions;
    }

    @Produces
    @Singleton
    DataSource dataSource() {
        return transactions.dataSource();
    }

    @Produces
    @Singleton
    TransactionProofs proofs() {
        return new TransactionProofs(transactions);
    }

    void close(@Disposes JdbcTransactions disposed) {
        close();
    }

    /** Also by {@link Disposes}, where an application ends and its container goes on. */
    void close(@Observes SiteHasEnded ended) {
        close();
    }

    private void close() {
        transactions.close();
        pool.close();
    }

    @Produces
    @Dependent
    static WrittenLanguages writtenLanguages() {
        return WrittenLanguages.of(ConfigProvider.getConfig());
    }

    @Produces
    @Dependent
    static Site site() {
        return Site.of(ConfigProvider.getConfig());
    }

    @Produces
    @Dependent
    static ConfigurationKey.Keys languageKeys() {
        return WrittenLanguages.KEYS;
    }

    @Produces
    @Dependent
    static Now now(Clock clock) {
        return new Now(clock);
    }

    @Produces
    @Dependent
    static ConfigurationKey.Keys keys() {
        return Site.KEYS;
    }

    @Produces
    @Dependent
    static ModuleSchema schema() {
        return new ModuleSchema("site", "db/site");
    }
}
