package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.AllAccounts;
import org.tidings.announcements.AnnouncementAction;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.TestMails;
import org.tidings.announcements.internal.words.Texts;
import org.tidings.mail.Letter;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingContent;
import org.tidings.mail.Outbox;
import org.tidings.site.Transactional;

/** Sends an announcement's mail to the announcer who asks for it. */
@ApplicationScoped
@Transactional
class SendingTests implements TestMails {

    private static final Duration EXPIRY = Duration.ofHours(1);

    private final TakingSteps steps;
    private final ComposingAnnouncements composing;
    private final Accounts accounts;
    private final Outbox outbox;

    @SuppressWarnings("NullAway") // for the proxy
    SendingTests() {
        steps = null;
        composing = null;
        accounts = null;
        outbox = null;
    }

    @Inject
    SendingTests(TakingSteps steps, ComposingAnnouncements composing, Accounts accounts, Outbox outbox) {
        this.steps = steps;
        this.composing = composing;
        this.accounts = accounts;
        this.outbox = outbox;
    }

    @Override
    public void sendTest(AccountId announcer, AnnouncementId id, Locale language) {
        Announcement announcement = steps.announcements().find(id).orElseThrow(AnnouncementRefused::unknown);
        AccountView reader = accounts.find(announcer).orElseThrow(AnnouncementRefused::unknown);
        MailingContent content = composing.in(language, announcement);
        Texts texts = Texts.in(announcement.content().languageFor(language));
        outbox.post(new Letter(
                MailKind.ANNOUNCEMENT_TEST,
                "announcement-test",
                AllAccounts.REALM,
                announcer.value(),
                reader.address(),
                reader.name(),
                texts.text("mail.subject.test", content.subject()),
                content.body(),
                Map.of("name", reader.name()),
                steps.now().plus(EXPIRY),
                Optional.empty()));
        steps.record(announcer, AnnouncementAction.TEST_ANNOUNCEMENT, announcement, language.getLanguage());
    }
}
