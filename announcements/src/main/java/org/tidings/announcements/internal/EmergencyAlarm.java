package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.AllAccounts;
import org.tidings.accounts.Role;
import org.tidings.accounts.Staff;
import org.tidings.announcements.Slot;
import org.tidings.mail.Letter;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.Outbox;

/**
 * Tells all other announcers and all administrators at once that one of them sends to everybody without a second person, and where
 * it can be stopped (M4). In the same transaction: there is no emergency of which nobody knows.
 */
@ApplicationScoped
class EmergencyAlarm {

    private static final Duration VALID = Duration.ofDays(1);
    private static final Set<Role> TOLD = EnumSet.of(Role.ANNOUNCER, Role.ADMINISTRATOR);

    private final Staff staff;
    private final Accounts accounts;
    private final Outbox outbox;
    private final Settings settings;
    private final Clock clock;

    @SuppressWarnings("NullAway") // for the proxy
    EmergencyAlarm() {
        staff = null;
        accounts = null;
        outbox = null;
        settings = null;
        clock = null;
    }

    @Inject
    EmergencyAlarm(Staff staff, Accounts accounts, Outbox outbox, Settings settings, Clock clock) {
        this.staff = staff;
        this.accounts = accounts;
        this.outbox = outbox;
        this.settings = settings;
        this.clock = clock;
    }

    void tell(Announcement announcement, AccountId by, long recipients, String why) {
        String sender = accounts.find(by).map(AccountView::name).orElse("–");
        List<AccountView> told = staff.members().stream()
                .filter(member -> !member.account().equals(by))
                .filter(member -> member.roles().stream().anyMatch(TOLD::contains))
                .flatMap(member -> accounts.find(member.account()).stream())
                .toList();
        told.forEach(colleague -> outbox.post(letter(announcement, colleague, sender, recipients, why)));
    }

    private Letter letter(
            Announcement announcement, AccountView colleague, String sender, long recipients, String why) {
        Texts texts = Texts.in(colleague.language());
        String headline = announcement.content().wording(colleague.language()).text(Slot.HEADLINE);
        String due = new Times(texts).moment(reviewDue(announcement));
        MailBody body = MailBody.in(texts.language())
                .preheader(texts.text("emergency.preheader"))
                .heading(texts.text("emergency.heading"))
                .paragraph(texts.text("emergency.text", "{{sender}}", "{{recipients}}", settings.siteName()))
                .facts(List.of(
                        new MailBody.Fact(texts.text("slot.headline"), "{{headline}}"),
                        new MailBody.Fact(texts.text("emergency.reason"), "{{reason}}"),
                        new MailBody.Fact(texts.text("emergency.due"), due)))
                .button(
                        texts.text("emergency.button"),
                        settings.url("/staff/emergencies/" + announcement.id().value()))
                .note(texts.text("emergency.note"))
                .footer(texts.text("emergency.why", settings.siteName()))
                .build();
        return new Letter(
                MailKind.ACCOUNT_NOTICE,
                "announcement-emergency",
                AllAccounts.REALM,
                colleague.id().value(),
                colleague.address(),
                colleague.name(),
                texts.text("emergency.subject"),
                body,
                Map.of(
                        "sender", sender,
                        "recipients", String.format(texts.language(), "%,d", recipients),
                        "headline", headline,
                        "reason", why,
                        "name", colleague.name()),
                now().plus(VALID),
                Optional.empty());
    }

    private OffsetDateTime reviewDue(Announcement announcement) {
        return announcement.emergency().orElseThrow().reviewDueAt();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
