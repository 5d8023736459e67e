package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.tidings.mail.PersonState;
import org.tidings.mail.Standing;
import org.tidings.site.Sql;

/** Registrations that wait; one that opened its account, or whose sibling did, is gone, and so is its waiting mail. */
@ApplicationScoped
class RegistrationStanding implements Standing {

    static final String REALM = "registration";

    @Inject
    @AccountsDb
    DataSource dataSource;

    @Override
    public String realm() {
        return REALM;
    }

    @Override
    public Map<UUID, PersonState> statesOf(Collection<UUID> persons) {
        Map<UUID, PersonState> states = new HashMap<>();
        new Sql(dataSource)
                .byIds(
                        "select id from accounts.registration where id in (%s)",
                        persons, row -> states.put(row.getObject(1, UUID.class), PersonState.REGISTRATION));
        return states;
    }
}
