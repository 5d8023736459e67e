package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementRefused.ContentRejected;
import org.tidings.announcements.AnnouncementRefused.FindingsOpen;
import org.tidings.announcements.Finding;
import org.tidings.announcements.PolicyVersion;
import org.tidings.announcements.internal.guard.HonestyLint;
import org.tidings.announcements.internal.policies.PolicyShelf;
import org.tidings.announcements.internal.settings.AnnouncementsDb;
import org.tidings.announcements.internal.settings.Reasons;
import org.tidings.announcements.internal.settings.Settings;
import org.tidings.site.Now;

/** Lets nothing through that is incomplete, or promotes something and nobody has said why it may stand. */
@ApplicationScoped
class GuardingAnnouncements {

    private final Announcements announcements;
    private final PolicyShelf policies;
    private final Settings settings;
    private final Clock clock;
    private final HonestyLint lint;

    @SuppressWarnings("NullAway") // for the proxy
    GuardingAnnouncements() {
        announcements = null;
        policies = null;
        settings = null;
        clock = null;
        lint = null;
    }

    @Inject
    GuardingAnnouncements(@AnnouncementsDb EntityManager em, PolicyShelf policies, Settings settings, Clock clock) {
        this.announcements = new Announcements(em);
        this.policies = policies;
        this.settings = settings;
        this.clock = clock;
        this.lint = new HonestyLint(settings.links());
    }

    /**
     * @param undoMinutes before anybody can get it; none in an emergency
     * @throws ContentRejected if something is missing, or comes too late
     */
    void requireReady(Announcement announcement, int undoMinutes) {
        AnnouncementContent content = new AnnouncementThread(announcements, announcement).content();
        Validation.forSubmission(content, settings, undoMinutes, Now.by(clock));
        if (announcement.sequence() == 0) {
            content.type().policyKind().ifPresent(kind -> policies.requireReady(kind, content));
        }
    }

    /** What the guard finds in it and in the policy that it publishes. */
    List<Finding> findings(Announcement announcement) {
        AnnouncementContent content = announcement.content();
        Optional<PolicyVersion> policy = policies.publishedBy(content);
        return lint.findings(content, policy, policy.flatMap(policies::before));
    }

    /** @throws FindingsOpen where there is one that no reason can let stand */
    void requireConfirmable(Announcement announcement) {
        requireNone(HonestyLint.unconfirmable(findings(announcement)));
    }

    /**
     * Every finding with the reason why it stands: the one given, or one from before for the same sentence.
     *
     * @throws FindingsOpen where there is none, or none can be
     */
    Map<Finding, String> confirmed(Announcement announcement, Map<String, String> given) {
        Map<String, String> reasons = new AnnouncementThread(announcements, announcement).reasons();
        given.forEach((key, reason) -> {
            if (!reason.isBlank()) {
                reasons.put(key, reason);
            }
        });
        List<Finding> findings = findings(announcement);
        requireNone(HonestyLint.open(findings, reasons, Reasons.SHORTEST));
        Map<Finding, String> confirmed = new HashMap<>();
        findings.forEach(finding -> confirmed.put(finding, Reasons.shortened(reasons.getOrDefault(finding.key(), ""))));
        return confirmed;
    }

    private static void requireNone(List<Finding> open) {
        if (!open.isEmpty()) {
            throw new FindingsOpen(open);
        }
    }
}
