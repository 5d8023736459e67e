package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.AllAccounts;
import org.tidings.accounts.Role;
import org.tidings.accounts.Staff;
import org.tidings.announcements.AnnouncementView.Decision;
import org.tidings.announcements.Slot;
import org.tidings.announcements.internal.settings.Settings;
import org.tidings.announcements.internal.words.Texts;
import org.tidings.announcements.internal.words.Times;
import org.tidings.mail.Letter;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.Outbox;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/**
 * Tells announcers by mail what waits for them, and all who can stop it that one of them sends without a second person (REV-M4): in the same
 * transaction, so that there is no emergency of which nobody knows. Each mail leads to the page where something is done.
 */
@ApplicationScoped
@Transactional
class AnnouncersPost {

    private static final Duration EXPIRY = Duration.ofDays(7);
    private static final Duration EMERGENCY_EXPIRY = Duration.ofDays(1);
    private static final Set<Role> MAY_STOP = EnumSet.of(Role.ANNOUNCER, Role.ADMINISTRATOR);

    private final Staff staff;
    private final Accounts accounts;
    private final Outbox outbox;
    private final Settings settings;
    private final Clock clock;

    @SuppressWarnings("NullAway") // for the proxy
    AnnouncersPost() {
        staff = null;
        accounts = null;
        outbox = null;
        settings = null;
        clock = null;
    }

    @Inject
    AnnouncersPost(Staff staff, Accounts accounts, Outbox outbox, Settings settings, Clock clock) {
        this.staff = staff;
        this.accounts = accounts;
        this.outbox = outbox;
        this.settings = settings;
        this.clock = clock;
    }

    /** To everybody who could approve it. */
    void waits(Announcement announcement) {
        Set<AccountId> hands = announcement.contributors();
        each(account -> !hands.contains(account), "announcement-waits", "waits", announcement, "");
    }

    /** To those who wrote it. */
    void approved(Announcement announcement, AccountId by) {
        each(authors(announcement, by)::contains, "announcement-approved", "approved", announcement, "");
    }

    /** To those who wrote it. */
    void sentBack(Announcement announcement, AccountId by, String reason) {
        each(authors(announcement, by)::contains, "announcement-sent-back", "sent-back", announcement, reason);
    }

    /** To all of them: whoever did the work may be at home by now. */
    void unconfirmed(Announcement announcement) {
        each(account -> true, "announcement-unconfirmed", "unconfirmed", announcement, "");
    }

    private static Set<AccountId> authors(Announcement announcement, AccountId decidedBy) {
        Set<AccountId> authors = new HashSet<>(announcement.contributors());
        announcement.decision(Step.Kind.SUBMITTED).map(Decision::by).ifPresent(authors::add);
        authors.remove(decidedBy);
        return authors;
    }

    /** To all other announcers and all administrators. */
    void emergency(Announcement announcement, AccountId by, long recipients, String why) {
        String sender = accounts.find(by).map(AccountView::name).orElse("–");
        staff.members().stream()
                .filter(member -> !member.account().equals(by))
                .filter(member -> member.roles().stream().anyMatch(MAY_STOP::contains))
                .forEach(member -> outbox.post(emergency(member, announcement, sender, recipients, why)));
    }

    private Letter emergency(Staff.Member to, Announcement announcement, String sender, long recipients, String why) {
        Texts texts = texts(to);
        MailBody body = MailBody.in(texts.language())
                .preheader(texts.text("emergency.preheader"))
                .heading(texts.text("emergency.heading"))
                .paragraph(texts.text(
                        "emergency.text",
                        "{{sender}}",
                        "{{recipients}}",
                        settings.site().name()))
                .facts(List.of(
                        new MailBody.Fact(texts.text("slot.headline"), headline(announcement, texts)),
                        new MailBody.Fact(texts.text("emergency.reason"), "{{reason}}"),
                        new MailBody.Fact(
                                texts.text("emergency.due"),
                                new Times(texts)
                                        .moment(announcement
                                                .emergency()
                                                .orElseThrow()
                                                .reviewDueAt()))))
                .button(
                        texts.text("emergency.button"),
                        settings.site()
                                .url("/staff/emergencies/" + announcement.id().value()))
                .note(texts.text("emergency.note"))
                .footer(texts.text("emergency.why", settings.site().name()))
                .build();
        return letter(
                to,
                "announcement-emergency",
                texts.text("emergency.subject"),
                body,
                Map.of(
                        "sender", sender,
                        "recipients", String.format(texts.language(), "%,d", recipients),
                        "reason", why),
                EMERGENCY_EXPIRY);
    }

    private void each(
            Predicate<AccountId> wanted, String purpose, String words, Announcement announcement, String reason) {
        staff.members().stream()
                .filter(member -> member.roles().contains(Role.ANNOUNCER))
                .filter(member -> wanted.test(member.account()))
                .forEach(member -> outbox.post(letter(member, purpose, words, announcement, reason)));
    }

    private Letter letter(Staff.Member to, String purpose, String words, Announcement announcement, String reason) {
        Texts texts = texts(to);
        String headline = headline(announcement, texts);
        String path = "/staff/announcements/" + announcement.id().value();
        MailBody.Builder body = MailBody.in(texts.language())
                .heading(texts.text("post." + words + ".title"))
                .paragraph(headline);
        announcement
                .content()
                .window()
                .filter(window -> words.equals("unconfirmed"))
                .filter(window -> window.end().isPresent())
                .ifPresent(window -> body.paragraph(new Times(texts).unconfirmed(window)));
        body.paragraph(texts.text("post." + words + ".text"));
        if (!reason.isEmpty()) {
            body.paragraph(texts.text("post.reason", "{{reason}}"));
        }
        body.button(texts.text("post." + words + ".go"), settings.site().url(path))
                .footer(texts.text("post.why", settings.site().name()));
        return letter(
                to,
                purpose,
                texts.text("post." + words + ".subject", headline),
                body.build(),
                reason.isEmpty() ? Map.of() : Map.of("reason", reason),
                EXPIRY);
    }

    private Letter letter(
            Staff.Member to,
            String purpose,
            String subject,
            MailBody body,
            Map<String, String> slots,
            Duration expiry) {
        return new Letter(
                MailKind.ACCOUNT_NOTICE,
                purpose,
                AllAccounts.REALM,
                to.account().value(),
                to.address(),
                to.name(),
                subject,
                body,
                slots,
                Now.by(clock).plus(expiry),
                Optional.empty());
    }

    private Texts texts(Staff.Member to) {
        return Texts.in(accounts.find(to.account()).map(AccountView::language).orElse(Locale.ENGLISH));
    }

    private static String headline(Announcement announcement, Texts texts) {
        return announcement.content().wording(texts.language()).text(Slot.HEADLINE);
    }
}
