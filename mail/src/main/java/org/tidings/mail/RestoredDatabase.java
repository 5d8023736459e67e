package org.tidings.mail;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Whether the database is older than what is remembered outside of it: a backup was put back, or a standby took over that lacks the
 * last transactions. Then the mailings of before stand still, single mails of before wait, and nothing begins by itself until staff
 * have looked: what is missing here may have been sent.
 */
public interface RestoredDatabase {

    /** Why it is known. */
    enum Cause {
        /** A data folder remembers what the database does not know. */
        OLDER,
        /** A data folder has worked with the database of another site, or with one from before there were generations. */
        FOREIGN,
        /** The restore command said so. */
        PUT_BACK
    }

    /**
     * What was noticed and nobody has decided about yet.
     *
     * @param databaseOf the database knows nothing that is newer, to a few seconds; empty where it cannot tell
     * @param rememberedOf until when the site was at work as far as is remembered, or when the backup was put back
     * @param mailings how many stand still because of it
     */
    record Noticed(
            Cause cause,
            OffsetDateTime at,
            Optional<OffsetDateTime> databaseOf,
            Optional<OffsetDateTime> rememberedOf,
            long mailings) {}

    /** Empty while all is as it should be, and once staff have decided. */
    Optional<Noticed> noticed();

    /**
     * Counts the databases that this site has had: higher after each that was put back. What is kept outside of the database has to be
     * compared with it anew then.
     */
    int generation();

    /**
     * Staff say that it is right: mailings that stood still because of it go on, and so does what waits to begin by itself. Joins the
     * caller's transaction. Does nothing when there is nothing to decide.
     *
     * @return how many mailings go on
     */
    int goOn();
}
