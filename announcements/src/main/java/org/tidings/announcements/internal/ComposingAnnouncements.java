package org.tidings.announcements.internal;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementRefused.Reason;
import org.tidings.announcements.Outcome;
import org.tidings.announcements.PolicyVersion;
import org.tidings.announcements.internal.composing.AnnouncementMail;
import org.tidings.announcements.internal.composing.ContentDigest;
import org.tidings.announcements.internal.policies.PolicyShelf;
import org.tidings.announcements.internal.settings.AnnouncementsDb;
import org.tidings.announcements.internal.settings.Settings;
import org.tidings.mail.Appearance;
import org.tidings.mail.MailingContent;
import org.tidings.mail.Mailings;
import org.tidings.mail.RenderedMail;

/** Makes the mail of an announcement from what it says and from its thread, and the digest over exactly that. */
@Dependent
class ComposingAnnouncements {

    private final Announcements announcements;
    private final PolicyShelf policies;
    private final Mailings mailings;
    private final AnnouncementMail mail;

    @Inject
    ComposingAnnouncements(
            @AnnouncementsDb EntityManager em, PolicyShelf policies, Mailings mailings, Settings settings) {
        this.announcements = new Announcements(em);
        this.policies = policies;
        this.mailings = mailings;
        this.mail = new AnnouncementMail(settings);
    }

    MailingContent in(Locale language, Announcement announcement) {
        return mail.in(language, announcement.content(), context(announcement));
    }

    List<MailingContent> inAllLanguages(Announcement announcement) {
        return mail.inAllLanguages(announcement.content(), context(announcement));
    }

    /** As it was sent, or as it would be. */
    RenderedMail shown(Announcement announcement, Locale wanted) {
        Locale language = announcement.content().languageFor(wanted);
        return announcement.sent(language).orElseGet(() -> rendered(announcement, in(language, announcement)));
    }

    /** As it goes out now. */
    Map<Locale, RenderedMail> sent(Announcement announcement, Optional<Outcome> tells) {
        Map<Locale, RenderedMail> sent = new LinkedHashMap<>();
        mail.inAllLanguages(announcement.content(), context(announcement, tells))
                .forEach(content -> sent.put(content.body().language(), rendered(announcement, content)));
        return sent;
    }

    private RenderedMail rendered(Announcement announcement, MailingContent content) {
        return mailings.preview(
                announcement.content().type().mailKind(), content, Map.of("name", ""), Appearance.AS_SET);
    }

    /** SHA-256 in hex over exactly what will be sent, to whom and when. */
    String digest(Announcement announcement) {
        AnnouncementContent content = new AnnouncementThread(announcements, announcement).content();
        return ContentDigest.of(content, policies.publishedBy(content), inAllLanguages(announcement));
    }

    /** @throws AnnouncementRefused if it is not what was submitted, or not what was shown */
    void requireUnchanged(Announcement announcement, String shown) {
        if (!announcement.digest().equals(shown) || !digest(announcement).equals(shown)) {
            throw new AnnouncementRefused(Reason.CONTENT_CHANGED_SINCE_SHOWN);
        }
    }

    private AnnouncementMail.Context context(Announcement announcement) {
        return context(announcement, new AnnouncementThread(announcements, announcement).tells());
    }

    private AnnouncementMail.Context context(Announcement announcement, Optional<Outcome> tells) {
        AnnouncementThread thread = new AnnouncementThread(announcements, announcement);
        Optional<PolicyVersion> policy = policies.publishedBy(announcement.content());
        return new AnnouncementMail.Context(
                announcement.thread(),
                announcement.sequence(),
                thread.revision(),
                thread.changes(),
                policy,
                policy.flatMap(policies::before),
                tells,
                announcement.editedAt());
    }
}
