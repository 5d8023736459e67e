package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.announcements.AnnouncementAction;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Outcome;
import org.tidings.announcements.Publications;
import org.tidings.announcements.internal.policies.PolicyShelf;
import org.tidings.mail.AudienceCount;
import org.tidings.site.Transactional;

/** Publishes what was approved, with the policy version that it tells of, at the end of the undo window. */
@ApplicationScoped
@Transactional
class PublishingAnnouncements implements Publications {

    private final TakingSteps steps;
    private final GuardingAnnouncements guarding;
    private final ComposingAnnouncements composing;
    private final SendingAnnouncements sending;
    private final MonthlyLimit limit;
    private final PolicyShelf policies;

    @SuppressWarnings("NullAway") // for the proxy
    PublishingAnnouncements() {
        steps = null;
        guarding = null;
        composing = null;
        sending = null;
        limit = null;
        policies = null;
    }

    @Inject
    PublishingAnnouncements(
            TakingSteps steps,
            GuardingAnnouncements guarding,
            ComposingAnnouncements composing,
            SendingAnnouncements sending,
            MonthlyLimit limit,
            PolicyShelf policies) {
        this.steps = steps;
        this.guarding = guarding;
        this.composing = composing;
        this.sending = sending;
        this.limit = limit;
        this.policies = policies;
    }

    @Override
    public AudienceCount audience(AnnouncementId id) {
        return sending.audience(steps.announcements().find(id).orElseThrow(AnnouncementRefused::unknown));
    }

    @Override
    public MonthlyUse monthlyUse() {
        return limit.use();
    }

    @Override
    public AnnouncementView publish(AccountId by, AnnouncementId id, long typedCount, Optional<String> overrideReason) {
        Announcement announcement = steps.take(id);
        announcement.requireState(AnnouncementState.APPROVED);
        int undoMinutes = announcement.content().undoMinutes();
        guarding.requireReady(announcement, undoMinutes);
        composing.requireUnchanged(announcement, announcement.digest());
        long count = sending.confirmedCount(announcement, typedCount);
        String beyondLimit = limit.whyBeyond(announcement, overrideReason);
        OffsetDateTime now = steps.now();
        OffsetDateTime publicFrom = now.plusMinutes(undoMinutes);
        Optional<Outcome> tells = sending.tells(announcement);
        announcement.publish(
                by, new GoingOut(sending.start(announcement, count, publicFrom), count, now, publicFrom, beyondLimit));
        sending.onItsWay(announcement, tells);
        announcement
                .content()
                .policyVersion()
                .ifPresent(policy -> policies.publishWith(by, policy, announcement.id(), publicFrom));
        return steps.taken(
                by,
                AnnouncementAction.PUBLISH_ANNOUNCEMENT,
                announcement,
                announcement.digest() + " recipients: " + count);
    }
}
