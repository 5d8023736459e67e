package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.Outbox;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.OwnText;
import org.tidings.newsletter.Readers;
import org.tidings.newsletter.internal.SubscriptionBook.Subscriber;
import org.tidings.newsletter.internal.knowing.FormAnswers;
import org.tidings.site.Secrets;
import org.tidings.site.Sql;

/** The mail with the link that confirms a subscription (double opt-in), to who asked for it and to who was invited. */
@ApplicationScoped
class AskingToConfirm {

    /** SEC-23: strangers cannot fill a mailbox. */
    private static final int MAILS_A_DAY = 3;

    static final Duration INVITATION_LIFETIME = Duration.ofDays(14);

    private final SubscriptionBook book;
    private final Newsletters newsletters;
    private final StoredWords words;
    private final Outbox outbox;
    private final Settings settings;
    private final Sql sql;

    @SuppressWarnings("NullAway") // for the container's proxy
    AskingToConfirm() {
        this(null, null, null, null, null, (DataSource) null);
    }

    @Inject
    AskingToConfirm(
            SubscriptionBook book,
            Newsletters newsletters,
            StoredWords words,
            Outbox outbox,
            Settings settings,
            @NewsletterDb DataSource dataSource) {
        this.book = book;
        this.newsletters = newsletters;
        this.words = words;
        this.outbox = outbox;
        this.settings = settings;
        this.sql = new Sql(dataSource);
    }

    /** Who asked herself, or is said to have; nothing when the mailbox has had enough of such mails. */
    void ask(Subscriber subscriber, EmailAddress address, Locale language, List<NewsletterView> missing) {
        ask(subscriber, address, language, missing, FormAnswers.NONE);
    }

    /** @param answers to questions of the form, which count once she confirms */
    void ask(
            Subscriber subscriber,
            EmailAddress address,
            Locale language,
            List<NewsletterView> missing,
            FormAnswers answers) {
        if (hasHadEnough(subscriber)) {
            return;
        }
        missing.forEach(
                newsletter -> book.askFor(subscriber.id(), newsletter.id().value()));
        Duration lifetime = settings.confirmationLifetime();
        String link = link(subscriber, language, missing, lifetime, answers);
        Voice voice = voice(missing, language).knowing("hours", Long.toString(lifetime.toHours()));
        MailBody.Builder body = MailBody.in(voice.language())
                .preheader(Texts.in(voice.language()).get("confirm.preheader"))
                .heading(voice.say(OwnText.CONFIRM_HEADING));
        voice.say(OwnText.CONFIRM_TEXT).lines().filter(line -> !line.isBlank()).forEach(body::paragraph);
        post(
                "subscription-confirmation",
                subscriber,
                address,
                voice.say(OwnText.CONFIRM_SUBJECT),
                body.button(voice.say(OwnText.CONFIRM_BUTTON), link)
                        .note(voice.say(OwnText.CONFIRM_EXPIRES))
                        .build(),
                lifetime);
    }

    /** One newsletter speaks for itself, several speak with our voice. */
    private Voice voice(List<NewsletterView> wanted, Locale language) {
        if (wanted.size() == 1) {
            return words.voice(wanted.get(0), language);
        }
        Locale spoken = Texts.spoken(language);
        return new Voice(
                spoken,
                Map.of(),
                Map.of(
                        "newsletter",
                        names(wanted, Texts.in(spoken)),
                        "site",
                        settings.site().name()));
    }

    /** Whom staff want to have. @return false when the mailbox has had enough of such mails */
    boolean invite(Subscriber subscriber, EmailAddress address, Locale language, NewsletterView newsletter) {
        if (hasHadEnough(subscriber)) {
            return false;
        }
        book.invite(subscriber.id(), newsletter.id().value());
        String link = link(subscriber, language, List.of(newsletter), INVITATION_LIFETIME, FormAnswers.NONE);
        Texts texts = Texts.in(language);
        String site = settings.site().name();
        post(
                "subscription-invitation",
                subscriber,
                address,
                texts.get("invite.subject", site, newsletter.name()),
                MailBody.in(Texts.spoken(language))
                        .preheader(texts.get("invite.preheader"))
                        .heading(texts.get("invite.heading", newsletter.name()))
                        .paragraph(texts.get("invite.text", site, newsletter.name()))
                        .paragraph(newsletter.description())
                        .paragraph(texts.get("invite.nothing"))
                        .button(texts.get("confirm.button"), link)
                        .note(texts.get("invite.expires", Long.toString(INVITATION_LIFETIME.toDays())))
                        .build(),
                INVITATION_LIFETIME);
        return true;
    }

    private boolean hasHadEnough(Subscriber subscriber) {
        return sql.first(
                                "select count(distinct token_hash) from newsletter.confirmation"
                                        + " where subscriber = ? and created_at > ?",
                                row -> row.getLong(1),
                                subscriber.id(),
                                book.now().minusDays(1))
                        .orElse(0L)
                >= MAILS_A_DAY;
    }

    private String link(
            Subscriber subscriber,
            Locale language,
            List<NewsletterView> wanted,
            Duration lifetime,
            FormAnswers answers) {
        OffsetDateTime now = book.now();
        String token = Secrets.token();
        for (NewsletterView newsletter : wanted) {
            sql.update(
                    "insert into newsletter.confirmation"
                            + " (token_hash, subscriber, newsletter, wording, created_at, expires_at, answers)"
                            + " values (?, ?, ?, ?, ?, ?, ?)",
                    Secrets.sha256(token),
                    subscriber.id(),
                    newsletter.id().value(),
                    book.keep(newsletters.wording(newsletter, language)),
                    now,
                    now.plus(lifetime),
                    answers.text());
        }
        return settings.site().publicUrl() + "/subscribe/confirm/" + token;
    }

    private void post(
            String purpose,
            Subscriber subscriber,
            EmailAddress address,
            String subject,
            MailBody body,
            Duration lifetime) {
        outbox.post(new Letter(
                MailKind.SUBSCRIPTION_CONFIRMATION,
                purpose,
                Readers.REALM,
                subscriber.id(),
                address,
                subscriber.name(),
                shortened(subject),
                body,
                Map.of(),
                book.now().plus(lifetime),
                Optional.empty()));
    }

    /** As long as a subject may be. */
    static String shortened(String subject) {
        return subject.length() <= 200 ? subject : subject.substring(0, 199) + "…";
    }

    static String names(List<NewsletterView> newsletters, Texts texts) {
        List<String> names = newsletters.stream().map(NewsletterView::name).toList();
        int last = names.size() - 1;
        return last == 0
                ? names.get(0)
                : String.join(", ", names.subList(0, last)) + " " + texts.get("and") + " " + names.get(last);
    }
}
