package org.tidings.accounts.internal;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import javax.sql.DataSource;
import org.tidings.mail.ConfigurationKey;
import org.tidings.mail.ModuleSchema;

/** What the container gives this module, and what the module tells about itself. */
@ApplicationScoped
class AccountsPersistence {

    static final String REACTIVATION_DAYS = "tidings.accounts.reactivation.days";

    @Produces
    @AccountsDb
    @PersistenceContext(unitName = "accounts")
    EntityManager entityManager;

    @Produces
    @AccountsDb
    @Resource(lookup = "java:app/jdbc/tidings")
    DataSource dataSource;

    @Produces
    ModuleSchema schema() {
        return new ModuleSchema("accounts", "db/accounts");
    }

    @Produces
    ConfigurationKey.Keys keys() {
        return new ConfigurationKey.Keys(List.of(new ConfigurationKey(
                REACTIVATION_DAYS,
                "30",
                "Days after which a deactivated account is erased; its holder can come back until then; 1 to 365.",
                false)));
    }
}
