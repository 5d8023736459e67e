package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
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
        return new ConfigurationKey.Keys(List.of(new ConfigurationKey(
                REACTIVATION_DAYS,
                "30",
                "Days after which a deactivated account is erased; its holder can come back until then; 1 to 365.",
                false,
                Expected.wholeNumber(1, 365))));
    }
}
