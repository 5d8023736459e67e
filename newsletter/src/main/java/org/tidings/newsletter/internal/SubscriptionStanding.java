package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.PersonState;
import org.tidings.mail.Standing;
import org.tidings.newsletter.Readers;
import org.tidings.site.Now;
import org.tidings.site.Sql;

/** Where each subscription stands, for a letter that belongs to one newsletter: leaving another says nothing about it. */
@ApplicationScoped
class SubscriptionStanding implements Standing {

    private final Sql sql;
    private final Clock clock;

    @SuppressWarnings("NullAway") // for the container's proxy
    SubscriptionStanding() {
        this(null, null);
    }

    @Inject
    SubscriptionStanding(@NewsletterDb DataSource dataSource, Clock clock) {
        this.clock = clock;
        this.sql = new Sql(dataSource);
    }

    @Override
    public String realm() {
        return Readers.SUBSCRIPTIONS;
    }

    @Override
    public Map<UUID, PersonState> statesOf(Collection<UUID> subscriptions) {
        Map<UUID, PersonState> states = new HashMap<>();
        sql.list(
                "select s.id, s.state, p.deactivated_at, z.until_when from unnest(cast(? as uuid array)) as wanted(id)"
                        + " join newsletter.subscription s on s.id = wanted.id"
                        + " join newsletter.subscriber p on p.id = s.subscriber"
                        + " left join newsletter.pause z on z.subscription = s.id"
                        + " where p.erased_at is null and p.absorbed_into is null",
                row -> states.put(
                        row.getObject("id", UUID.class),
                        state(
                                row.getString("state"),
                                row.getObject("deactivated_at") != null,
                                isAhead(row.getObject("until_when", OffsetDateTime.class)))),
                Sql.uuids(subscriptions));
        return states;
    }

    private boolean isAhead(@Nullable OffsetDateTime until) {
        return until != null && until.isAfter(Now.by(clock));
    }

    private static PersonState state(String state, boolean deactivated, boolean paused) {
        if (deactivated) {
            return PersonState.DEACTIVATED;
        }
        return switch (state) {
            case "CONFIRMED" -> paused ? PersonState.PAUSED : PersonState.SUBSCRIBED;
            case "PENDING" -> PersonState.REGISTRATION;
            default -> PersonState.UNSUBSCRIBED;
        };
    }
}
