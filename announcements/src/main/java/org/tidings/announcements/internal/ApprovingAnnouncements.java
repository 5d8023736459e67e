package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.tidings.accounts.AccountId;
import org.tidings.announcements.AnnouncementAction;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Approvals;
import org.tidings.announcements.Finding;
import org.tidings.announcements.internal.settings.Reasons;
import org.tidings.site.Transactional;

/** Hands drafts to a second person, who approves exactly what she was shown, or sends it back. */
@ApplicationScoped
@Transactional
class ApprovingAnnouncements implements Approvals {

    private final TakingSteps steps;
    private final GuardingAnnouncements guarding;
    private final ComposingAnnouncements composing;
    private final AnnouncersPost post;

    @SuppressWarnings("NullAway") // for the proxy
    ApprovingAnnouncements() {
        steps = null;
        guarding = null;
        composing = null;
        post = null;
    }

    @Inject
    ApprovingAnnouncements(
            TakingSteps steps, GuardingAnnouncements guarding, ComposingAnnouncements composing, AnnouncersPost post) {
        this.steps = steps;
        this.guarding = guarding;
        this.composing = composing;
        this.post = post;
    }

    @Override
    public AnnouncementView submit(AccountId by, AnnouncementId id) {
        Announcement announcement = steps.take(id);
        guarding.requireReady(announcement, announcement.content().undoMinutes());
        guarding.requireConfirmable(announcement);
        announcement.submit(by, composing.digest(announcement), steps.now());
        AnnouncementView submitted =
                steps.taken(by, AnnouncementAction.SUBMIT_ANNOUNCEMENT, announcement, announcement.digest());
        post.waits(announcement);
        return submitted;
    }

    @Override
    public AnnouncementView approve(AccountId by, AnnouncementId id, String digest, Map<String, String> reasons) {
        Announcement announcement = steps.take(id);
        announcement.requireState(AnnouncementState.SUBMITTED);
        composing.requireUnchanged(announcement, digest);
        Map<Finding, String> kept = guarding.confirmed(announcement, reasons);
        announcement.approve(by, kept, steps.now());
        AnnouncementView approved = steps.taken(
                by,
                AnnouncementAction.APPROVE_ANNOUNCEMENT,
                announcement,
                digest + " findings confirmed: " + kept.size());
        post.approved(announcement, by);
        return approved;
    }

    @Override
    public AnnouncementView reject(AccountId by, AnnouncementId id, String reason) {
        String why = Reasons.required(reason);
        Announcement announcement = steps.take(id);
        announcement.reject(by, why, steps.now());
        AnnouncementView rejected = steps.taken(by, AnnouncementAction.REJECT_ANNOUNCEMENT, announcement, why);
        post.sentBack(announcement, by, why);
        return rejected;
    }
}
