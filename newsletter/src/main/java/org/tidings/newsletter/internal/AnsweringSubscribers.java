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
import org.tidings.newsletter.Readers;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.newsletter.internal.SubscriptionBook.Entry;
import org.tidings.newsletter.internal.SubscriptionBook.Subscriber;
import org.tidings.newsletter.internal.SubscriptionRequests.Kind;
import org.tidings.newsletter.internal.SubscriptionRequests.Request;
import org.tidings.site.Transactional;

/** Answers by mail who asked for newsletters, away from the request: looks the address up, keeps the limits of SEC-23, leaves the mail. */
@ApplicationScoped
class AnsweringSubscribers {

    private static final int BATCH = 100;

    /** Of who asked while nothing could be answered, or before a backup was made that has been restored. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(5);

    private final SubscriptionRequests requests;
    private final SubscriptionBook book;
    private final Admission admission;
    private final AskingToConfirm confirming;
    private final Accounts accounts;
    private final FormMail formMail;
    private final Outbox outbox;
    private final UnsubscribeTokens tokens;
    private final SittingLinks links;
    private final Settings settings;

    @SuppressWarnings("NullAway") // for the container's proxy
    AnsweringSubscribers() {
        this(null, null, null, null, null, null, null, null, null, null);
    }

    @Inject
    AnsweringSubscribers(
            SubscriptionRequests requests,
            SubscriptionBook book,
            Admission admission,
            AskingToConfirm confirming,
            Accounts accounts,
            FormMail formMail,
            Outbox outbox,
            UnsubscribeTokens tokens,
            SittingLinks links,
            Settings settings) {
        this.requests = requests;
        this.book = book;
        this.admission = admission;
        this.confirming = confirming;
        this.accounts = accounts;
        this.formMail = formMail;
        this.outbox = outbox;
        this.tokens = tokens;
        this.links = links;
        this.settings = settings;
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
        List<NewsletterView> offered = admission.offeredToSubscriber(book.byAddress(request.address())).stream()
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
            List<NewsletterView> asked = admission.offeredToSubscriber(Optional.of(subscriber)).stream()
                    .filter(n -> entries.stream()
                            .anyMatch(entry -> entry.newsletter().equals(n.id().value())))
                    .toList();
            if (!asked.isEmpty()) {
                confirming.ask(subscriber, address, language, asked);
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
                            subscriber,
                            address,
                            language,
                            "closed.text",
                            AskingToConfirm.names(offered, Texts.in(language))));
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
            confirming.ask(subscriber, address, language, missing, request.answers());
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
                        .paragraph(texts.get("already.text", AskingToConfirm.names(offered, texts)))
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
                AskingToConfirm.shortened(subject),
                body,
                Map.of(),
                expiresAt,
                Optional.empty()));
    }
}
