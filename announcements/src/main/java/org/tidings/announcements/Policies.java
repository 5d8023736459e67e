package org.tidings.announcements;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.announcements.AnnouncementRefused.ContentRejected;
import org.tidings.announcements.AnnouncementRefused.FindingsOpen;
import org.tidings.announcements.AnnouncementRefused.NotInThisState;

/**
 * Legal documents and their versions. The first version of a kind is published directly; a later one by the announcement
 * that tells everybody (P6), days ahead of its effect.
 */
public interface Policies {

    /** What holds today. */
    Optional<PolicyVersion> current(PolicyKind kind);

    /** What is published and will hold. */
    Optional<PolicyVersion> upcoming(PolicyKind kind);

    /** Published versions, newest first. */
    List<PolicyVersion> history(PolicyKind kind);

    /** A published version. */
    Optional<PolicyVersion> published(PolicyKind kind, int number);

    /** Drafts too, newest first. */
    List<PolicyVersion> all();

    Optional<PolicyVersion> find(PolicyVersionId version);

    /** Begins the next version with the texts of the newest one. There is one draft a kind: it is given if there is. */
    PolicyVersion draft(AccountId by, PolicyKind kind);

    /**
     * @throws AnnouncementRefused for {@link AnnouncementRefused.Reason#VERSION_PUBLISHED} once published
     * @throws AnnouncementRefused for {@link AnnouncementRefused.Reason#EDITED_MEANWHILE} if the revision is no longer that
     * @throws ContentRejected naming what is too long
     */
    PolicyVersion edit(
            AccountId by, PolicyVersionId version, long revision, LocalDate effectiveOn, Map<Locale, PolicyText> texts);

    /**
     * Throws a draft away: no method knows it any more but {@link #bringBack}, for a week, until the next draft of its kind is begun.
     *
     * @throws AnnouncementRefused for {@link AnnouncementRefused.Reason#VERSION_PUBLISHED} once published
     */
    void discard(AccountId by, PolicyVersionId version);

    /** Drafts that were thrown away in the last week, and when; the last one first. */
    Map<PolicyVersion, OffsetDateTime> discarded();

    /**
     * Makes it a draft again.
     *
     * @throws AnnouncementRefused for {@link AnnouncementRefused.Reason#VERSION_UNKNOWN} if it was not thrown away, too long ago, or another draft was begun in its place
     */
    PolicyVersion bringBack(AccountId by, PolicyVersionId version);

    /** What looks like promotion in its summaries, and in what its texts say and the version before did not. */
    List<Finding> findings(PolicyVersion version);

    /**
     * Publishes the first version of its kind.
     *
     * @param reasons one for each finding that is let stand, by {@link Finding#key}
     * @throws NotInThisState if there is one before it
     * @throws FindingsOpen if a finding has no reason of at least ten characters
     */
    PolicyVersion publishFirst(AccountId by, PolicyVersionId version, Map<String, String> reasons);

    /** A policy's Markdown as clean HTML: headings, lists, tables, links; HTML in it neutralised. */
    String html(String markdown);

    /** What differs between two texts, line by line. */
    List<DiffLine> diff(String before, String after);

    /** Days between telling everybody and effect. */
    int noticeDays();

    /** One line of a comparison. */
    record DiffLine(Kind kind, String text) {
        /** What became of the line. */
        public enum Kind {
            SAME,
            REMOVED,
            ADDED
        }
    }
}
