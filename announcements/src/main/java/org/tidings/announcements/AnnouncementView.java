package org.tidings.announcements;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidings.accounts.AccountId;
import org.tidings.mail.MailingId;

/**
 * An announcement as staff see it.
 *
 * @param version changes with every edit; handed back with the next one
 * @param thread the first announcement of the thread, itself unless this is an update
 * @param sequence 0 for the first, 1 for its first update, …
 * @param contributors who wrote it, and so cannot approve it
 * @param digest SHA-256 in hex over exactly what will be sent, to whom and when; empty for a draft
 * @param findings what the guard finds in it and its policy now; once published, what was let stand
 * @param reasons why findings were let stand here or earlier in the thread, by {@link Finding#key}
 * @param publishedAt the end of the undo window
 * @param audienceCount how many were counted when it was published
 */
public record AnnouncementView(
        AnnouncementId id,
        long version,
        AnnouncementId thread,
        int sequence,
        AnnouncementState state,
        AnnouncementContent content,
        Set<AccountId> contributors,
        OffsetDateTime editedAt,
        String digest,
        List<Finding> findings,
        Map<String, String> reasons,
        Optional<Decision> submitted,
        Optional<Decision> approved,
        Optional<Decision> rejected,
        Optional<Decision> published,
        Optional<OffsetDateTime> publishedAt,
        Optional<MailingId> mailing,
        Optional<Long> audienceCount,
        Optional<Emergency> emergency,
        Optional<Outcome> outcome,
        List<Change> changes) {

    /** Who did a step, when, and why where a reason was asked for. */
    public record Decision(AccountId by, OffsetDateTime at, String reason) {}

    /**
     * Sent before the second person looked.
     *
     * @param reviewDueAt 24 hours after it was sent
     */
    public record Emergency(String reason, OffsetDateTime reviewDueAt, Optional<Decision> review) {}

    /** English headline, for lists. */
    public String headline() {
        return content.wording(Locale.ENGLISH).text(Slot.HEADLINE);
    }

    /** Whether the undo window is open: nobody has been written to. */
    public boolean canBeTakenBack(OffsetDateTime now) {
        return publishedAt.map(now::isBefore).orElse(false);
    }
}
