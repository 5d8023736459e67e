package org.tidings.newsletter;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;
import org.tidings.mail.Appearance;
import org.tidings.mail.AudienceCount;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingLimits;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.RenderedMail;

/**
 * Editions of newsletters: written, tested, sent, archived. All methods that take an id throw {@link IssueUnknown} if there
 * is no such issue.
 */
public interface Issues {

    /**
     * Keeps a new draft.
     *
     * @throws IssueTextRejected naming what and where
     * @throws NewsletterUnknown if there is no such newsletter
     */
    IssueId write(NewsletterId newsletter, IssueText text, AccountId author);

    /**
     * Replaces a draft's text.
     *
     * @throws IssueTextRejected naming what and where
     * @throws ChangedMeanwhile if the version is not the present one
     * @throws IssueNotInState if it is no draft
     */
    void rewrite(IssueId issue, IssueText text, long version, AccountId by);

    /**
     * Throws a draft away: no method knows it any more but {@link #bringBack}, for a week.
     *
     * @throws IssueNotInState if it is no draft
     */
    void discard(IssueId issue, AccountId by);

    /** Drafts that were thrown away in the last week, the last one first: {@code changedAt} is when. Their Markdown is left out. */
    List<IssueView> discarded(int limit);

    /**
     * Makes it a draft again.
     *
     * @throws IssueUnknown if it was not thrown away, or too long ago
     */
    void bringBack(IssueId issue, AccountId by);

    Optional<IssueView> find(IssueId issue);

    /** The issue that goes out as this mailing; empty for a mailing of anything else. */
    Optional<IssueView> sentAs(MailingId mailing);

    /** The newest first; their Markdown is left out. */
    List<IssueView> newest(@Nullable NewsletterId newsletter, @Nullable IssueId before, int limit);

    /**
     * What was sent, scheduled or written last comes first; their Markdown is left out.
     *
     * @param before the last one seen, or null
     */
    List<IssueView> latest(@Nullable IssueId before, int limit);

    /** What would be refused; empty if nothing. */
    List<IssueProblem> check(IssueText text);

    /**
     * The mail as a reader with this name would get it. Nothing is stored.
     *
     * @throws IssueTextRejected naming what and where
     */
    RenderedMail preview(NewsletterId newsletter, IssueText text, String name, Appearance appearance);

    /** Sends it to the editor alone, with the headers that it will have. */
    void sendTest(IssueId issue, AccountId editor);

    /** Who would get it now, and who not and why. */
    AudienceCount audience(IssueId issue);

    /** How many of those who would get it now said in which time zone they live; the others get it by the site's. */
    long zonesKnown(IssueId issue);

    /**
     * Begins to send after the undo window, or at a set time.
     *
     * @param version of the view that was looked at
     * @param at null for now; up to five minutes ago is now, too
     * @param limits its own pace and hours
     * @throws SendTimePassed if that time is over
     * @throws SendTimeTooFar if it is more than two years ahead
     * @throws ChangedMeanwhile if the version is not the present one
     * @throws IssueNotInState if it is no draft
     */
    void send(IssueId issue, long version, @Nullable OffsetDateTime at, MailingLimits limits, AccountId publisher);

    /** Figures of the sending; empty before it began. */
    Optional<MailingProgress> progress(IssueId issue);

    void pause(IssueId issue, AccountId by);

    void resume(IssueId issue, AccountId by);

    /** Ends the sending. If nobody got it yet (undo window, or scheduled) it becomes a draft again. */
    void cancel(IssueId issue, AccountId by);

    /** @return how many will be tried again */
    long resendToFailed(IssueId issue, AccountId by);

    /**
     * Sends to everybody whom it has not reached: for whom it failed, whose time was over, and whom a cancelled sending had not come
     * to. Who has left since is left out.
     *
     * @return how many that was decided about are tried again
     * @throws IssueNotInState unless it was sent, or its sending cancelled
     */
    long resendToRest(IssueId issue, AccountId by);

    /** Sent issues, newest first. */
    List<ArchivedIssue> archive(NewsletterId newsletter, @Nullable OffsetDateTime before, int limit);

    /** Empty unless it was sent and belongs to the newsletter. */
    Optional<ArchivedIssue> archived(NewsletterId newsletter, IssueId issue);
}
