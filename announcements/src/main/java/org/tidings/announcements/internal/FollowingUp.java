package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.tidings.accounts.AccountId;
import org.tidings.announcements.AnnouncementAction;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementRefused.NotInThisState;
import org.tidings.announcements.AnnouncementRefused.NotInThisState.Where;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.FollowUps;
import org.tidings.announcements.internal.policies.PolicyShelf;
import org.tidings.mail.Mailings;
import org.tidings.site.Transactional;

/** Stops what is on its way, lets it go on, and sends it once more to those whom it has not reached. */
@ApplicationScoped
@Transactional
class FollowingUp implements FollowUps {

    private final TakingSteps steps;
    private final SendingAnnouncements sending;
    private final Mailings mailings;
    private final PolicyShelf policies;

    @SuppressWarnings("NullAway") // for the proxy
    FollowingUp() {
        steps = null;
        sending = null;
        mailings = null;
        policies = null;
    }

    @Inject
    FollowingUp(TakingSteps steps, SendingAnnouncements sending, Mailings mailings, PolicyShelf policies) {
        this.steps = steps;
        this.sending = sending;
        this.mailings = mailings;
        this.policies = policies;
    }

    @Override
    public AnnouncementView stop(AccountId by, AnnouncementId id) {
        Announcement announcement = steps.take(id);
        boolean nobodyGotIt = mailings.cancel(SendingAnnouncements.mailingOf(announcement));
        boolean inTime = nobodyGotIt
                && announcement.publishedAt().map(steps.now()::isBefore).orElse(false);
        if (inTime) {
            // The ending that it told is what it was begun for, and stays so.
            announcement.content().policyVersion().ifPresent(policy -> policies.takeBack(by, policy));
            announcement.takeBack();
        }
        return steps.taken(
                by,
                AnnouncementAction.STOP_ANNOUNCEMENT,
                announcement,
                inTime ? "within the undo window" : "rest not sent");
    }

    @Override
    public AnnouncementView resume(AccountId by, AnnouncementId id) {
        Announcement announcement = steps.take(id);
        mailings.resume(SendingAnnouncements.mailingOf(announcement));
        return steps.taken(by, AnnouncementAction.RESUME_ANNOUNCEMENT, announcement);
    }

    @Override
    public AnnouncementView resendToRest(AccountId by, AnnouncementId id) {
        Announcement announcement = steps.take(id);
        if (new AnnouncementThread(steps.announcements(), announcement).overSince()) {
            throw new NotInThisState(Where.ENDED);
        }
        long again = mailings.resendToRest(
                SendingAnnouncements.mailingOf(announcement), sending.expiresAt(announcement, steps.now()));
        return steps.taken(by, AnnouncementAction.RESEND_ANNOUNCEMENT_TO_REST, announcement, Long.toString(again));
    }
}
