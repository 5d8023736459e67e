package org.tidings.announcements.internal;

import java.time.OffsetDateTime;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.announcements.AnnouncementView.Decision;

/**
 * One step that was taken with an announcement and holds.
 *
 * @param by nobody where the program took it by itself
 * @param words why, where a reason was asked for; else empty
 */
record Step(Kind kind, Optional<AccountId> by, OffsetDateTime at, String words) {

    /** What is done with an announcement; each once, until it is void. */
    enum Kind {
        SUBMITTED,
        APPROVED,
        /** In words: why it goes back. */
        REJECTED,
        /** In words: why beyond the monthly limit. */
        PUBLISHED,
        /** Published before a second person has looked. In words: why it could not wait. */
        EMERGENCY,
        /** In words: what the second person says of the emergency. */
        REVIEWED,
        /** Announcers were asked how it ended. */
        REMINDED
    }

    static Step by(AccountId account, Kind kind, OffsetDateTime at, String words) {
        return new Step(kind, Optional.of(account), at, words);
    }

    static Step byItself(Kind kind, OffsetDateTime at) {
        return new Step(kind, Optional.empty(), at, "");
    }

    Optional<Decision> decision() {
        return by.map(account -> new Decision(account, at, words));
    }
}
