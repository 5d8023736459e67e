package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.tidings.mail.PersonState;
import org.tidings.mail.Standing;
import org.tidings.newsletter.Readers;
import org.tidings.site.Sql;

/** Where subscribers stand, for single letters to them. */
@ApplicationScoped
class SubscriberStanding implements Standing {

    private final Sql sql;

    @SuppressWarnings("NullAway") // for the container's proxy
    SubscriberStanding() {
        this(null);
    }

    @Inject
    SubscriberStanding(@NewsletterDb DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public String realm() {
        return Readers.REALM;
    }

    @Override
    public Map<UUID, PersonState> statesOf(Collection<UUID> persons) {
        Map<UUID, PersonState> states = new HashMap<>();
        sql.list(
                "select p.id, p.account, p.deactivated_at, max(case s.state when 'CONFIRMED' then 2 when 'PENDING' then 1"
                        + " when 'UNSUBSCRIBED' then 0 end) as best, min(case s.state when 'PENDING' then 0 else 1 end)"
                        + " as settled, max(case when c.used_at is null and c.token_hash is not null then 1 else 0 end)"
                        + " as asked from unnest(cast(? as uuid array)) as wanted(id)"
                        + " join newsletter.subscriber p on p.id = wanted.id"
                        + " left join newsletter.subscription s on s.subscriber = p.id"
                        + " left join newsletter.confirmation c on c.subscriber = p.id"
                        + " where p.erased_at is null and p.absorbed_into is null"
                        + " group by p.id, p.account, p.deactivated_at",
                row -> {
                    PersonState state;
                    if (row.getObject("deactivated_at") != null) {
                        state = PersonState.DEACTIVATED;
                    } else if (row.getInt("best") == 2) {
                        state = PersonState.SUBSCRIBED;
                    } else if (row.getObject("account") != null) {
                        state = PersonState.ACTIVE;
                    } else if (row.getInt("settled") == 0 || row.getInt("asked") == 1) {
                        state = PersonState.REGISTRATION;
                    } else {
                        state = PersonState.UNSUBSCRIBED;
                    }
                    return states.put(row.getObject("id", UUID.class), state);
                },
                Sql.uuids(persons));
        return states;
    }
}
