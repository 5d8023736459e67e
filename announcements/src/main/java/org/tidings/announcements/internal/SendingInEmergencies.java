package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.announcements.AnnouncementAction;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementRefused.EmergencyNotReviewed;
import org.tidings.announcements.AnnouncementRefused.Reason;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Emergencies;
import org.tidings.announcements.Finding;
import org.tidings.announcements.Outcome;
import org.tidings.announcements.Slot;
import org.tidings.announcements.internal.settings.Reasons;
import org.tidings.site.Transactional;

/** Sends before a second person has looked, tells everybody who could stop it, and takes the look afterwards. */
@ApplicationScoped
@Transactional
class SendingInEmergencies implements Emergencies {

    private final TakingSteps steps;
    private final GuardingAnnouncements guarding;
    private final ComposingAnnouncements composing;
    private final SendingAnnouncements sending;
    private final MonthlyLimit limit;
    private final AnnouncersPost post;

    @SuppressWarnings("NullAway") // for the proxy
    SendingInEmergencies() {
        steps = null;
        guarding = null;
        composing = null;
        sending = null;
        limit = null;
        post = null;
    }

    @Inject
    SendingInEmergencies(
            TakingSteps steps,
            GuardingAnnouncements guarding,
            ComposingAnnouncements composing,
            SendingAnnouncements sending,
            MonthlyLimit limit,
            AnnouncersPost post) {
        this.steps = steps;
        this.guarding = guarding;
        this.composing = composing;
        this.sending = sending;
        this.limit = limit;
        this.post = post;
    }

    @Override
    public AnnouncementView publishInEmergency(AccountId by, AnnouncementId id, Order order) {
        Announcement announcement = steps.take(id);
        if (!announcement.content().type().emergencyAllowed()) {
            throw new AnnouncementRefused(Reason.EMERGENCY_NOT_ALLOWED);
        }
        String why = Reasons.required(order.reason());
        guarding.requireReady(announcement, 0);
        requireTurn(announcement);
        Map<Finding, String> kept = guarding.confirmed(announcement, order.findingReasons());
        long count = sending.confirmedCount(announcement, order.typedCount());
        String beyondLimit = limit.whyBeyond(announcement, order.overrideReason());
        OffsetDateTime now = steps.now();
        Optional<Outcome> tells = sending.tells(announcement);
        String digest = composing.digest(announcement);
        announcement.publishInEmergency(
                by,
                new GoingOut(sending.start(announcement, count, now), count, now, now, beyondLimit),
                digest,
                why,
                kept);
        sending.onItsWay(announcement, tells);
        AnnouncementView sent = steps.taken(
                by,
                AnnouncementAction.PUBLISH_ANNOUNCEMENT_IN_EMERGENCY,
                announcement,
                "EMERGENCY " + digest + " recipients: " + count + " findings confirmed: " + kept.size() + " reason: "
                        + why);
        post.emergency(announcement, by, count, why);
        return sent;
    }

    /** One emergency at a time, unless it is of the same thread. */
    private void requireTurn(Announcement announcement) {
        steps.announcements().takeEmergencyTurn();
        steps.announcements().unreviewed().stream()
                .filter(open -> !open.thread().equals(announcement.thread()))
                .findFirst()
                .ifPresent(open -> {
                    throw new EmergencyNotReviewed(
                            open.id(), open.content().wording(Locale.ENGLISH).text(Slot.HEADLINE));
                });
    }

    @Override
    public AnnouncementView review(AccountId by, AnnouncementId id, String judgement) {
        String text = Reasons.required(judgement);
        Announcement announcement = steps.take(id);
        announcement.review(by, text, steps.now());
        return steps.taken(by, AnnouncementAction.REVIEW_ANNOUNCEMENT, announcement, text);
    }

    @Override
    public List<AnnouncementView> unreviewed() {
        return steps.views(steps.announcements().unreviewed());
    }
}
