package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.tidings.accounts.AllAccounts;
import org.tidings.mail.PersonState;
import org.tidings.mail.Standing;
import org.tidings.site.Sql;

/** Accounts as they are at this moment. */
@ApplicationScoped
class AccountStanding implements Standing {

    @Inject
    @AccountsDb
    DataSource dataSource;

    @Override
    public String realm() {
        return AllAccounts.REALM;
    }

    @Override
    public Map<UUID, PersonState> statesOf(Collection<UUID> persons) {
        Map<UUID, PersonState> states = new HashMap<>();
        new Sql(dataSource)
                .byIds(
                        "select id, state from accounts.account where id in (%s)",
                        persons,
                        row -> states.put(row.getObject(1, UUID.class), PersonState.valueOf(row.getString(2))));
        return states;
    }
}
