package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.tidings.site.ConfigurationKey;
import org.tidings.site.Expected;
import org.tidings.site.JdbcTransactions;
import org.tidings.site.ModuleSchema;

/** What the container gives this module, and what the module tells about itself. */
@ApplicationScoped
class AccountsPersistence {

    static final String REACTIVATION_DAYS = "tidings.accounts.reactivation.days";
    static final String ERASURE_DELAY = "tidings.accounts.erasure.delay";
    static final String ERASURES_PER_DAY = "tidings.accounts.erasure.per-day";

    @Inject
    JdbcTransactions transactions;

    @Produces
    @Dependent
    @AccountsDb
    EntityManager entityManager() {
        return transactions.entityManager("accounts");
    }

    @Produces
    @Dependent
    @AccountsDb
    DataSource dataSource() {
        return transactions.dataSource();
    }

    @Produces
    ModuleSchema schema() {
        return new ModuleSchema("accounts", "db/accounts");
    }

    @Produces
    static ConfigurationKey.Keys keys() {
        return new ConfigurationKey.Keys(List.of(
                new ConfigurationKey(
                        REACTIVATION_DAYS,
                        "30",
                        "Days after which a deactivated account is erased; its holder can come back until then; 1 to 365.",
                        false,
                        Expected.wholeNumber(1, 365)),
                new ConfigurationKey(
                        ERASURE_DELAY,
                        "PT24H",
                        "How long an erasure that staff or a program asked for waits, so that it can be stopped; PT1H to P30D.",
                        false,
                        Expected.duration(Duration.ofHours(1), Duration.ofDays(30))),
                new ConfigurationKey(
                        ERASURES_PER_DAY,
                        "20",
                        "Erasures that may be asked for within 24 hours; each one more needs a second officer; 0 to 10000.",
                        false,
                        Expected.wholeNumber(0, 10_000))));
    }
}
