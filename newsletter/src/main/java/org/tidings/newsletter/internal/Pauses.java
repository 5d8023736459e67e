package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.UUID;
import javax.sql.DataSource;
import org.tidings.site.Sql;

/** Who wants nothing until a date. It is read wherever a subscription is read, and ends by itself. */
@ApplicationScoped
class Pauses {

    private final Sql sql;

    @SuppressWarnings("NullAway") // for the container's proxy
    Pauses() {
        this(null);
    }

    @Inject
    Pauses(@NewsletterDb DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    /** Of one that she gets; the newest word counts. @return false if she does not get it */
    boolean pause(UUID subscription, OffsetDateTime until) {
        end(subscription);
        return sql.update(
                        "insert into newsletter.pause (subscription, newsletter, until_when)"
                                + " select id, newsletter, cast(? as timestamp with time zone)"
                                + " from newsletter.subscription where id = ? and state = 'CONFIRMED'",
                        until,
                        subscription)
                == 1;
    }

    void end(UUID subscription) {
        sql.update("delete from newsletter.pause where subscription = ?", subscription);
    }

    /** Of those that are over long since. */
    void forget(OffsetDateTime before) {
        sql.update("delete from newsletter.pause where until_when < ?", before);
    }
}
