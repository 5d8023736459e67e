package org.tidings.announcements.internal;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.tidings.accounts.AllAccounts;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementRefused.NotInThisState;
import org.tidings.announcements.AnnouncementRefused.Reason;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.Outcome;
import org.tidings.announcements.Window;
import org.tidings.announcements.internal.settings.AnnouncementsDb;
import org.tidings.mail.AudienceCount;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.MailingContent;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingOrder;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.Mailings;
import org.tidings.site.Now;

/** The mailing of an announcement: to whom, from when, until when, and what it overtakes. */
@Dependent
class SendingAnnouncements {

    private static final Duration LONGEST_DELIVERY = Duration.ofDays(5);

    private final Announcements announcements;
    private final ComposingAnnouncements composing;
    private final Mailings mailings;
    private final Clock clock;

    @Inject
    SendingAnnouncements(
            @AnnouncementsDb EntityManager em, ComposingAnnouncements composing, Mailings mailings, Clock clock) {
        this.announcements = new Announcements(em);
        this.composing = composing;
        this.mailings = mailings;
        this.clock = clock;
    }

    AudienceCount audience(Announcement announcement) {
        return mailings.count(
                AllAccounts.NAME,
                new AudienceQuery(
                        announcement.content().type().mailKind(),
                        announcement.id().value(),
                        Now.by(clock)));
    }

    /** People come and go while the number is typed: one in a hundred is near enough. */
    long confirmedCount(Announcement announcement, long typed) {
        long count = audience(announcement).recipients();
        if (Math.abs(typed - count) > count / 100) {
            throw new AnnouncementRefused(Reason.COUNT_NOT_CONFIRMED);
        }
        return count;
    }

    MailingId start(Announcement announcement, long count, OffsetDateTime notBefore) {
        List<MailingContent> mails = composing.inAllLanguages(announcement);
        return mailings.start(new MailingOrder(
                announcement.content().type().mailKind(),
                AllAccounts.NAME,
                announcement.id().value(),
                mails.get(0).subject(),
                mails,
                count,
                notBefore,
                expiresAt(announcement, notBefore),
                Optional.empty(),
                thread(announcement).firstMailing()));
    }

    /** Keeps what goes out. What was announced before is not told to anybody any more once it is told how it ended. */
    void onItsWay(Announcement announcement, Optional<Outcome> tells) {
        announcement.keepSent(composing.sent(announcement, tells), tells);
        if (tells.isPresent()) {
            thread(announcement).mailingsBefore().filter(this::isLive).forEach(mailings::cancel);
        }
    }

    private boolean isLive(MailingId mailing) {
        return mailings.progress(mailing).map(MailingProgress::live).orElse(false);
    }

    /** Nobody is told of a maintenance that is over; that it is over is told. */
    OffsetDateTime expiresAt(Announcement announcement, OffsetDateTime from) {
        AnnouncementContent content = announcement.content();
        OffsetDateTime expiresAt = from.plus(LONGEST_DELIVERY);
        Optional<OffsetDateTime> end = content.type() == AnnouncementType.MAINTENANCE
                        && thread(announcement).tells().isEmpty()
                ? content.window().flatMap(Window::end)
                : Optional.empty();
        return end.filter(expiresAt::isAfter).orElse(expiresAt);
    }

    Optional<Outcome> tells(Announcement announcement) {
        return thread(announcement).tells();
    }

    private AnnouncementThread thread(Announcement announcement) {
        return new AnnouncementThread(announcements, announcement);
    }

    /** @throws NotInThisState if it was never sent */
    static MailingId mailingOf(Announcement announcement) {
        return announcement.mailing().orElseThrow(() -> new NotInThisState(announcement.state()));
    }
}
