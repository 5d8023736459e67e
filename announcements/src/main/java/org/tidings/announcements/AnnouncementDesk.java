package org.tidings.announcements;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.mail.AudienceCount;
import org.tidings.mail.RenderedMail;

/**
 * Where announcers work. Every step is in the audit log. The role is checked by the caller; that the second person is another
 * one is checked here.
 */
public interface AnnouncementDesk {

    /** @throws ContentRejected where a field cannot be kept at all; what is merely incomplete may be saved */
    AnnouncementView draft(AccountId author, AnnouncementContent content);

    /**
     * Begins an update with what stands now, to be changed. An update of what is over says so too; how something ended is told by
     * {@link Endings}.
     *
     * @throws NotInThisState unless published
     */
    AnnouncementView draftUpdate(AccountId author, AnnouncementId published);

    /**
     * Changes it; an approval or submission is void from then on.
     *
     * @param version of the view that was edited
     * @throws EditedMeanwhile if it is no longer that
     * @throws NotInThisState if published
     */
    AnnouncementView edit(AccountId editor, AnnouncementId announcement, long version, AnnouncementContent content);

    /**
     * Throws a draft away: no method knows it any more but {@link #bringBack}, for a week. Of an update until the next one is begun.
     *
     * @throws NotInThisState if published
     */
    void discard(AccountId by, AnnouncementId announcement);

    /** Thrown away in the last week, the last one first; {@code editedAt} is when. */
    List<AnnouncementView> discarded(int limit);

    /**
     * Makes it a draft again.
     *
     * @throws AnnouncementUnknown if it was not thrown away, too long ago, or another update was begun in its place
     */
    AnnouncementView bringBack(AccountId by, AnnouncementId announcement);

    /**
     * Hands it to the second person.
     *
     * @throws ContentRejected if something is missing
     * @throws FindingsOpen if there is one that cannot be confirmed
     */
    AnnouncementView submit(AccountId by, AnnouncementId announcement);

    /**
     * Approves exactly what was shown.
     *
     * @param digest of the view that was shown
     * @param reasons one for each finding that is let stand, by {@link Finding#key}
     * @throws AuthorCannotApprove if {@code by} wrote, edited or submitted it
     * @throws ContentChangedSinceShown if the digest is no longer that
     * @throws FindingsOpen if a finding has no reason of at least ten characters
     */
    AnnouncementView approve(AccountId by, AnnouncementId announcement, String digest, Map<String, String> reasons);

    /** Sends it back to its author. */
    AnnouncementView reject(AccountId by, AnnouncementId announcement, String reason);

    /** Counts who would get it now, with reasons for who would not. */
    AudienceCount audience(AnnouncementId announcement);

    /** How many were published in the last 30 days, and how many may be without a reason. */
    MonthlyUse monthlyUse();

    /**
     * Starts sending an approved announcement after the undo window.
     *
     * @param typedCount what the person typed as the number of recipients
     * @param overrideReason why the monthly limit is exceeded
     * @throws NotInThisState unless approved
     * @throws ContentRejected if nobody could get it in time any more
     * @throws ContentChangedSinceShown if what would be sent is not what was approved
     * @throws CountNotConfirmed if the number is not the audience's
     * @throws MonthlyLimitReached without a reason
     */
    AnnouncementView publish(
            AccountId by, AnnouncementId announcement, long typedCount, Optional<String> overrideReason);

    /**
     * Sends at once, before a second person has looked; a review is due within 24 hours. Urgent types only. All other announcers and
     * all administrators are told by mail, with a link to where it can be stopped.
     *
     * @param reason why it cannot wait, at least ten characters
     * @param findingReasons one for each finding that is let stand, by {@link Finding#key}; the reviewer sees them
     * @throws FindingsOpen if a finding has no reason of at least ten characters
     * @throws EmergencyNotReviewed if one of another thread still waits for its review
     */
    AnnouncementView publishInEmergency(
            AccountId by,
            AnnouncementId announcement,
            long typedCount,
            String reason,
            Map<String, String> findingReasons,
            Optional<String> overrideReason);

    /** The second person's look afterwards. @throws AuthorCannotApprove for who wrote or sent it */
    AnnouncementView review(AccountId by, AnnouncementId announcement, String judgement);

    /**
     * Within the undo window: nobody has been written to, it is a draft again. Later: who has not been written to will not
     * be, and it stays public.
     */
    AnnouncementView stop(AccountId by, AnnouncementId announcement);

    /** Lets it go on that stopped by itself. @throws NotInThisState if it was never sent */
    AnnouncementView resume(AccountId by, AnnouncementId announcement);

    /**
     * Sends exactly what was approved to everybody whom it has not reached: for whom it failed, whose time was over, and whom a
     * stopped sending had not come to.
     *
     * @throws NotInThisState if it was never sent, or it is over and this is not the notice that says so
     */
    AnnouncementView resendToRest(AccountId by, AnnouncementId announcement);

    /** Sent in an emergency and not reviewed yet, oldest first. */
    List<AnnouncementView> unreviewed();

    Optional<AnnouncementView> find(AnnouncementId announcement);

    /** The newest first. */
    List<AnnouncementView> newest(int limit);

    /**
     * The next page of those that were begun before this one, newest first.
     *
     * @param cursor the last one seen, empty to begin
     */
    List<AnnouncementView> page(Optional<AnnouncementId> cursor, int limit);

    /** All of one thread, oldest first. */
    List<AnnouncementView> thread(AnnouncementId thread);

    /** Looks for promotion in content that may not be stored yet. */
    List<Finding> lint(AnnouncementContent content);

    /**
     * The mail of an announcement: as it was sent, or as it would be.
     *
     * @throws AnnouncementUnknown if gone
     */
    RenderedMail mail(AnnouncementId announcement, Locale language);

    /** What the author and the second person should know before it goes out; empty when it has. */
    List<Caution> cautions(AnnouncementId announcement);

    /** Sends the mail to the announcer alone. @throws AnnouncementUnknown if gone */
    void sendTest(AccountId announcer, AnnouncementId announcement, Locale language);

    /** The site's undo window in minutes. */
    int undoMinutes();

    record MonthlyUse(long published, int limit) {
        public boolean reached() {
            return published >= limit;
        }
    }
}
