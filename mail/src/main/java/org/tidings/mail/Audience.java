package org.tidings.mail;

import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The recipients of mailings of one sort. Implemented as a CDI bean by the module that owns the people.
 *
 * <p>{@link #after} and {@link #lookUp} are called in the transaction that claims recipients for sending, so that what they
 * say about a person is what was committed at that moment. They return people who have left too, with their state: the
 * reason goes on record.
 */
public interface Audience {

    /** Stable name, stored with the mailing: {@code newsletter}, {@code accounts}. */
    String name();

    /**
     * The next recipients of the frozen audience in ascending order of their id (as PostgreSQL and H2 order UUIDs: unsigned).
     *
     * @param after the last id seen, or null to begin
     * @param limit at most this many, 1 to 5,000
     */
    List<Addressee> after(AudienceQuery query, @Nullable UUID after, int limit);

    /**
     * Only the ids of {@link #after}, to compare a whole audience with what became of it.
     *
     * @param limit at most this many; fewer may come, and none only at the end
     */
    default List<UUID> idsAfter(AudienceQuery query, @Nullable UUID after, int limit) {
        return after(query, after, Math.min(limit, 5_000)).stream()
                .map(Addressee::recipient)
                .toList();
    }

    /** The same for known recipients, for a retry; those who are gone are left out. */
    List<Addressee> lookUp(AudienceQuery query, Collection<UUID> recipients);

    /**
     * The time zones in which people said that they live. Asked for several times a second while the site's own hours are closed:
     * as long as they are closed in all of these too, the whole mailing waits, else it is looked at person by person.
     */
    default Set<ZoneId> zones() {
        return Set.of();
    }

    /** How many would get it now, and how many not and why. */
    AudienceCount count(AudienceQuery query);
}
