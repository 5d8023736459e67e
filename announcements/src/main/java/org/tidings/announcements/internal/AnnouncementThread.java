package org.tidings.announcements.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.Change;
import org.tidings.announcements.Outcome;
import org.tidings.announcements.internal.composing.Changes;
import org.tidings.mail.MailingId;

/** A thread as one of its parts sees it: what came before it, and what has been said since. Read when it is first asked. */
final class AnnouncementThread {

    private final Announcements announcements;
    private final Announcement part;
    private @Nullable List<Announcement> parts;

    AnnouncementThread(Announcements announcements, Announcement part) {
        this.announcements = announcements;
        this.part = part;
    }

    private List<Announcement> parts() {
        if (parts == null) {
            parts = announcements.thread(part.thread());
        }
        return parts;
    }

    /** Those before it, oldest first. */
    private Stream<Announcement> earlier() {
        return part.sequence() == 0
                ? Stream.empty()
                : parts().stream().filter(other -> other.sequence() < part.sequence());
    }

    /** What it tells: what it was begun for, or what was said meanwhile of the thread. An ending is not taken back. */
    Optional<Outcome> tells() {
        Optional<Outcome> own = part.content().outcome();
        return own.isPresent()
                ? own
                : earlier().flatMap(before -> before.outcome().stream()).findFirst();
    }

    /** What it says, with what it tells. */
    AnnouncementContent content() {
        return part.content().withOutcome(tells());
    }

    /** Whether the end was said by somebody later than this one, or without a mail. */
    boolean overSince() {
        return parts().stream()
                .anyMatch(other -> other.closedAt().isPresent()
                        || (other.sequence() > part.sequence()
                                && other.outcome().isPresent()));
    }

    /** How it ended, for a part that is published. */
    Optional<Outcome> ended() {
        return part.state() != AnnouncementState.PUBLISHED
                ? Optional.empty()
                : parts().stream().flatMap(other -> other.outcome().stream()).reduce((first, last) -> last);
    }

    /** The first notice: mails of updates answer it (SVC-10). */
    Optional<MailingId> firstMailing() {
        return mailingsBefore().findFirst();
    }

    Stream<MailingId> mailingsBefore() {
        return earlier().flatMap(before -> before.mailing().stream());
    }

    /** SEQUENCE of the calendar entry: updates and closings so far. */
    int revision() {
        return part.sequence()
                + (int) earlier()
                        .filter(before -> before.closedAt().isPresent())
                        .count();
    }

    /** What it says otherwise than what held before it. */
    List<Change> changes() {
        return earlier()
                .filter(before -> before.state() == AnnouncementState.PUBLISHED)
                .reduce((first, last) -> last)
                .map(before -> Changes.between(before.asItStands(), content()))
                .orElse(List.of());
    }

    /** What a second person confirmed once in a thread stays confirmed there. */
    Map<String, String> reasons() {
        Map<String, String> reasons = new HashMap<>();
        earlier().filter(Announcement::reasonsHold).forEach(before -> reasons.putAll(before.reasons()));
        reasons.putAll(part.reasons());
        return reasons;
    }
}
