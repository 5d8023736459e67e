package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.tidings.accounts.AccountState;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.FormMail;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.Outbox;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.Readers;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.newsletter.internal.SubscriptionBook.Entry;
import org.tidings.newsletter.internal.SubscriptionBook.Subscriber;
import org.tidings.newsletter.internal.SubscriptionRequests.Kind;
import org.tidings.newsletter.internal.SubscriptionRequests.Request;
import org.tidings.newsletter.internal.knowing.FormAnswers;
import org.tidings.site.Secrets;
import org.tidings.site.Sql;
import org.tidings.site.Transactional;

/** Answers by mail who asked for newsletters, away from the request: looks the address up, keeps the limits of SEC-23, leaves the mail. */
@ApplicationScoped
class AnsweringSubscribers {

    private static final int BATCH = 100;

    /** SEC-23: strangers cannot fill a mailbox. */
    private static final int MAILS_A_DAY = 3;

    /** Of who asked while nothing could be answered, or before a backup was made that has been restored. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(5);

    private final SubscriptionRequests requests;
    private final SubscriptionBook book;
    private final Newsletters newsletters;
    private final Accounts accounts;
    private final FormMail formMail;
    private final Outbox outbox;
    private final UnsubscribeTokens tokens;
    private final SittingLinks links;
    private final Settings settings;
    private final Sql sql;

    @SuppressWarnings("NullAway") // for the container's proxy
    AnsweringSubscribers() {
        this(null, null, null, null, null, null, null, null, null, (DataSource) null);
    }

    @Inject
    AnsweringSubscribers(
            SubscriptionRequests requests,
            SubscriptionBook book,
            Newsletters newsletters,
            Accounts accounts,
            FormMail formMail,
            Outbox outbox,
            UnsubscribeTokens tokens,
            SittingLinks links,
            Settings settings,
            @NewsletterDb DataSource dataSource) {
        this.requests = requests;
        this.book = book;
        this.newsletters = newsletters;
        this.accounts = accounts;
        this.formMail = formMail;
        this.outbox = outbox;
        this.tokens = tokens;
        this.links = links;
        this.settings = settings;
        this.sql = new Sql(dataSource);
    }

    /** The oldest that wait, at most a hundred. */
    @Transactional
    List<UUID> waiting() {
        return requests.waiting(book.now(), BATCH);
    }

    /** For one that could not be answered: others come first. */
    @Transactional
    void postpone(UUID id) {
        requests.postpone(id, book.now().plus(AFTER_A_FAILURE));
    }

    /** Answers one; does nothing if another node was faster, or nobody waits any more. */
    @Transactional
    void answer(UUID id) {
        requests.take(id)
                .filter(request -> request.requestedAt().isAfter(book.now().minus(PATIENCE)))
                .ifPresent(this::answer);
    }

    private void answer(Request request) {
        if (request.kind() == Kind.EVERYTHING) {
            everything(request);
            return;
        }
        List<NewsletterView> offered = newsletters.offered().stream()
                .filter(n -> request.newsletters().contains(n.id()))
                .toList();
        if (!offered.isEmpty()) {
            answer(offered, request);
        }
    }

    /** Nothing for who is unknown: whoever types an address must not have it written to for that. */
    private void everything(Request request) {
        EmailAddress address = request.address();
        Locale language = request.language();
        Optional<AccountView> account = accounts.findByAddress(address);
        if (account.filter(a -> a.state() == AccountState.DEACTIVATED).isPresent()) {
            Subscriber closed = book.enter(address, "", language);
            tellOnceADay(closed, () -> accountClosed(closed, address, language, "closed.everything"));
            return;
        }
        account.map(book::enter)
                .or(() -> book.byAddress(address))
                .filter(subscriber -> !subscriber.deactivated() && mayReach(request))
                .ifPresent(subscriber -> everything(subscriber, address, language));
    }

    private void everything(Subscriber subscriber, EmailAddress address, Locale language) {
        List<Entry> entries = book.of(subscriber.id());
        boolean onlyAsked = subscriber.account() == null
                && entries.stream().allMatch(entry -> entry.state() == SubscriptionState.PENDING);
        if (onlyAsked) {
            // A mailbox that has confirmed nothing gets its confirmation and nothing else.
            List<NewsletterView> asked = newsletters.offered().stream()
                    .filter(n -> entries.stream()
                            .anyMatch(entry -> entry.newsletter().equals(n.id().value())))
                    .toList();
            if (!asked.isEmpty()) {
                askToConfirm(subscriber, address, language, asked);
            }
            return;
        }
        links.add(subscriber, address).ifPresent(token -> {
            Texts texts = Texts.in(language);
            post(
                    MailKind.SUBSCRIPTION_CONFIRMATION,
                    "subscriber-link",
                    subscriber,
                    address,
                    texts.get("everything.subject"),
                    MailBody.in(Texts.spoken(language))
                            .preheader(texts.get("everything.preheader"))
                            .heading(texts.get("everything.heading"))
                            .paragraph(texts.get("everything.text"))
                            .paragraph(texts.get(
                                    subscriber.account() == null ? "everything.does" : "everything.does.account"))
                            .button(
                                    texts.get("everything.button"),
                                    settings.site().publicUrl() + "/manage/link/" + token)
                            .note(texts.get("everything.expires"))
                            .build(),
                    book.now().plus(SittingLinks.LIFETIME));
        });
    }

    private void answer(List<NewsletterView> offered, Request request) {
        EmailAddress address = request.address();
        Locale language = request.language();
        Optional<AccountView> account = accounts.findByAddress(address);
        boolean unheardOf = account.isEmpty() && book.byAddress(address).isEmpty();
        if (unheardOf && !mayReach(request)) {
            return; // nobody is written down who is not written to
        }
        Subscriber subscriber = account.filter(a -> a.state() == AccountState.ACTIVE)
                .map(book::enter)
                .orElseGet(() -> book.enter(address, "", language));
        if (subscriber.deactivated()
                || account.filter(a -> a.state() == AccountState.DEACTIVATED).isPresent()) {
            tellOnceADay(
                    subscriber,
                    () -> accountClosed(
                            subscriber, address, language, "closed.text", names(offered, Texts.in(language))));
            return;
        }
        Map<UUID, Entry> entries =
                book.of(subscriber.id()).stream().collect(Collectors.toMap(Entry::newsletter, Function.identity()));
        List<NewsletterView> missing = offered.stream()
                .filter(n -> {
                    Entry entry = entries.get(n.id().value());
                    return entry == null || entry.state() != SubscriptionState.CONFIRMED;
                })
                .toList();
        if (missing.isEmpty()) {
            tellOnceADay(subscriber, () -> alreadySubscribed(subscriber, address, language, offered, entries));
        } else if (unheardOf || mayReach(request)) {
            askToConfirm(subscriber, address, language, missing, request.answers());
        }
    }

    /** Who proved the mailbox is no stranger. */
    private boolean mayReach(Request request) {
        return request.network().isEmpty() || formMail.mayReach(request.address(), request.network());
    }

    private void tellOnceADay(Subscriber subscriber, Runnable tell) {
        boolean toldToday = subscriber
                .toldAt()
                .filter(at -> at.isAfter(book.now().minusDays(1)))
                .isPresent();
        if (!toldToday) {
            book.told(subscriber.id());
            tell.run();
        }
    }

    /** A mail with a link, unless the mailbox has had enough of them. */
    void askToConfirm(Subscriber subscriber, EmailAddress address, Locale language, List<NewsletterView> missing) {
        askToConfirm(subscriber, address, language, missing, FormAnswers.NONE);
    }

    private void askToConfirm(
            Subscriber subscriber,
            EmailAddress address,
            Locale language,
            List<NewsletterView> missing,
            FormAnswers answers) {
        OffsetDateTime now = book.now();
        long mails = sql.first(
                        "select count(distinct token_hash) from newsletter.confirmation"
                                + " where subscriber = ? and created_at > ?",
                        row -> row.getLong(1),
                        subscriber.id(),
                        now.minusDays(1))
                .orElse(0L);
        if (mails >= MAILS_A_DAY) {
            return;
        }
        String token = Secrets.token();
        Duration lifetime = settings.confirmationLifetime();
        for (NewsletterView newsletter : missing) {
            book.askFor(subscriber.id(), newsletter.id().value());
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
        Texts texts = Texts.in(language);
        String names = names(missing, texts);
        post(
                MailKind.SUBSCRIPTION_CONFIRMATION,
                "subscription-confirmation",
                subscriber,
                address,
                texts.get("confirm.subject", names),
                MailBody.in(Texts.spoken(language))
                        .preheader(texts.get("confirm.preheader"))
                        .heading(texts.get("confirm.heading", names))
                        .paragraph(texts.get("confirm.text"))
                        .button(
                                texts.get("confirm.button"),
                                settings.site().publicUrl() + "/subscribe/confirm/" + token)
                        .note(texts.get("confirm.expires", Long.toString(lifetime.toHours())))
                        .build(),
                now.plus(lifetime));
    }

    private void alreadySubscribed(
            Subscriber subscriber,
            EmailAddress address,
            Locale language,
            List<NewsletterView> offered,
            Map<UUID, Entry> entries) {
        Texts texts = Texts.in(language);
        UUID any = offered.stream()
                .flatMap(n -> Optional.ofNullable(entries.get(n.id().value())).stream())
                .map(Entry::id)
                .findFirst()
                .orElseThrow();
        post(
                MailKind.ACCOUNT_NOTICE,
                "subscription-already",
                subscriber,
                address,
                texts.get("already.subject"),
                MailBody.in(Texts.spoken(language))
                        .heading(texts.get("already.heading"))
                        .paragraph(texts.get("already.text", names(offered, texts)))
                        .button(
                                texts.get("already.button"),
                                settings.site().publicUrl() + "/preferences/" + tokens.tokenFor(any, address))
                        .build(),
                book.now().plusDays(1));
    }

    private void accountClosed(
            Subscriber subscriber, EmailAddress address, Locale language, String text, String... values) {
        Texts texts = Texts.in(language);
        post(
                MailKind.ACCOUNT_RECEIPT,
                "subscription-while-deactivated",
                subscriber,
                address,
                texts.get("closed.subject"),
                MailBody.in(Texts.spoken(language))
                        .heading(texts.get("closed.heading"))
                        .paragraph(texts.get(text, values))
                        .button(texts.get("closed.button"), settings.site().publicUrl() + "/reactivate")
                        .build(),
                book.now().plusDays(1));
    }

    private void post(
            MailKind kind,
            String purpose,
            Subscriber subscriber,
            EmailAddress address,
            String subject,
            MailBody body,
            OffsetDateTime expiresAt) {
        outbox.post(new Letter(
                kind,
                purpose,
                Readers.REALM,
                subscriber.id(),
                address,
                subscriber.name(),
                subject.length() <= 200 ? subject : subject.substring(0, 199) + "…",
                body,
                Map.of(),
                expiresAt,
                Optional.empty()));
    }

    private static String names(List<NewsletterView> newsletters, Texts texts) {
        List<String> names = newsletters.stream().map(NewsletterView::name).toList();
        int last = names.size() - 1;
        return last == 0
                ? names.get(0)
                : String.join(", ", names.subList(0, last)) + " " + texts.get("and") + " " + names.get(last);
    }
}
