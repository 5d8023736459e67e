package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountState;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Letter;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailKind;
import org.tidings.mail.Outbox;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.newsletter.ConsentView;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterUnknown;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.Readers;
import org.tidings.newsletter.SubscriptionLinkUnusable;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.newsletter.SubscriptionView;
import org.tidings.newsletter.Subscriptions;
import org.tidings.newsletter.internal.SubscriptionBook.Entry;
import org.tidings.newsletter.internal.SubscriptionBook.Subscriber;
import org.tidings.site.Transactional;

/** Joining and leaving, in the database. */
@ApplicationScoped
@Transactional
class JdbcSubscriptions implements Subscriptions {

    /** S23: strangers cannot fill a mailbox. */
    private static final int MAILS_A_DAY = 3;

    private final SubscriptionBook book;
    private final Newsletters newsletters;
    private final Accounts accounts;
    private final Outbox outbox;
    private final SuppressedAddresses suppressed;
    private final UnsubscribeTokens tokens;
    private final Settings settings;
    private final Jdbc jdbc;

    @SuppressWarnings("NullAway") // for the container's proxy
    JdbcSubscriptions() {
        this(null, null, null, null, null, null, null, (DataSource) null);
    }

    @Inject
    JdbcSubscriptions(
            SubscriptionBook book,
            Newsletters newsletters,
            Accounts accounts,
            Outbox outbox,
            SuppressedAddresses suppressed,
            UnsubscribeTokens tokens,
            Settings settings,
            @NewsletterDb DataSource dataSource) {
        this.book = book;
        this.newsletters = newsletters;
        this.accounts = accounts;
        this.outbox = outbox;
        this.suppressed = suppressed;
        this.tokens = tokens;
        this.settings = settings;
        this.jdbc = new Jdbc(dataSource);
    }

    @Override
    public void request(Set<NewsletterId> wanted, EmailAddress address, Locale language) {
        List<NewsletterView> offered = newsletters.offered().stream()
                .filter(n -> wanted.contains(n.id()))
                .toList();
        if (offered.isEmpty()) {
            return;
        }
        Optional<AccountView> account = accounts.findByAddress(address);
        Subscriber subscriber = account.filter(a -> a.state() == AccountState.ACTIVE)
                .map(book::enter)
                .orElseGet(() -> book.enter(address, "", language));
        if (subscriber.deactivated()
                || account.filter(a -> a.state() == AccountState.DEACTIVATED).isPresent()) {
            tellOnceADay(subscriber, () -> accountClosed(subscriber, address, language, offered));
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
        } else {
            askToConfirm(subscriber, address, language, missing);
        }
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

    private void askToConfirm(
            Subscriber subscriber, EmailAddress address, Locale language, List<NewsletterView> missing) {
        OffsetDateTime now = book.now();
        long mails = jdbc.first(
                        "select count(distinct token_hash) from newsletter.confirmation"
                                + " where subscriber = ? and created_at > ?",
                        row -> row.getLong(1),
                        subscriber.id(),
                        now.minusDays(1))
                .orElse(0L);
        if (mails >= MAILS_A_DAY) {
            return;
        }
        String token = Secrets.newToken();
        Duration lifetime = settings.confirmationLifetime();
        for (NewsletterView newsletter : missing) {
            book.askFor(subscriber.id(), newsletter.id().value());
            jdbc.update(
                    "insert into newsletter.confirmation"
                            + " (token_hash, subscriber, newsletter, wording, created_at, expires_at)"
                            + " values (?, ?, ?, ?, ?, ?)",
                    Secrets.sha256(token),
                    subscriber.id(),
                    newsletter.id().value(),
                    book.keep(newsletters.wording(newsletter, language)),
                    now,
                    now.plus(lifetime));
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
                        .button(texts.get("confirm.button"), settings.publicUrl() + "/subscribe/confirm/" + token)
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
                                settings.publicUrl() + "/preferences/" + tokens.tokenFor(any))
                        .build(),
                book.now().plusDays(1));
    }

    private void accountClosed(
            Subscriber subscriber, EmailAddress address, Locale language, List<NewsletterView> offered) {
        Texts texts = Texts.in(language);
        post(
                MailKind.ACCOUNT_RECEIPT,
                "subscription-while-deactivated",
                subscriber,
                address,
                texts.get("closed.subject"),
                MailBody.in(Texts.spoken(language))
                        .heading(texts.get("closed.heading"))
                        .paragraph(texts.get("closed.text", names(offered, texts)))
                        .button(texts.get("closed.button"), settings.publicUrl() + "/sign-in")
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

    @Override
    public Optional<Confirmation> confirmation(String token) {
        List<Link> links = links(token);
        return links.isEmpty() ? Optional.empty() : Optional.of(view(links));
    }

    @Override
    public Confirmation confirm(String token) {
        OffsetDateTime now = book.now();
        // Whoever gets the row first has used the link.
        int taken = jdbc.update(
                "update newsletter.confirmation set used_at = ? where token_hash = ? and used_at is null and expires_at > ?",
                now,
                Secrets.sha256(token),
                now);
        List<Link> links = links(token);
        if (taken == 0 || links.isEmpty()) {
            throw new SubscriptionLinkUnusable();
        }
        UUID id = links.get(0).subscriber();
        Subscriber subscriber = book.byId(id)
                .filter(s -> s.address() != null && !s.deactivated())
                .orElseThrow(SubscriptionLinkUnusable::new);
        for (Link link : links) {
            book.confirm(id, link.newsletter(), Means.DOUBLE_OPT_IN, link.wording());
            jdbc.update(
                    "update newsletter.confirmation set used_at = ?"
                            + " where subscriber = ? and newsletter = ? and used_at is null",
                    now,
                    id,
                    link.newsletter());
        }
        EmailAddress address = subscriber.address();
        if (address != null) {
            book.forgetErased(address);
            // The mailbox is proved, and nobody else could have said it anew after a complaint.
            suppressed.consentedAnew(address);
        }
        Confirmation confirmed = view(links);
        String preferences = book.find(id, links.get(0).newsletter())
                .map(entry -> settings.publicUrl() + "/preferences/" + tokens.tokenFor(entry.id()))
                .orElseThrow();
        return new Confirmation(confirmed.newsletters(), true, false, Optional.of(preferences));
    }

    private record Link(UUID subscriber, UUID newsletter, String wording, boolean used, OffsetDateTime expiresAt) {}

    private List<Link> links(String token) {
        return jdbc.query(
                "select subscriber, newsletter, wording, used_at, expires_at from newsletter.confirmation"
                        + " where token_hash = ?",
                row -> new Link(
                        row.getObject("subscriber", UUID.class),
                        row.getObject("newsletter", UUID.class),
                        row.getString("wording"),
                        row.getObject("used_at") != null,
                        row.getObject("expires_at", OffsetDateTime.class)),
                Secrets.sha256(token));
    }

    private Confirmation view(List<Link> links) {
        List<NewsletterView> about = links.stream()
                .flatMap(link -> newsletters.find(new NewsletterId(link.newsletter())).stream())
                .sorted(Comparator.comparing(NewsletterView::name))
                .toList();
        return new Confirmation(
                about,
                links.stream().allMatch(Link::used),
                links.stream().allMatch(link -> !link.expiresAt().isAfter(book.now())),
                Optional.empty());
    }

    @Override
    public boolean subscribe(AccountId account, NewsletterId newsletter, Locale language) {
        NewsletterView wanted =
                newsletters.find(newsletter).filter(NewsletterView::offered).orElseThrow(NewsletterUnknown::new);
        AccountView holder = accounts.find(account)
                .filter(a -> a.state() == AccountState.ACTIVE)
                .orElseThrow(NewsletterUnknown::new);
        Subscriber subscriber = book.enter(holder);
        if (hasComplained(holder.address())) {
            askToConfirm(subscriber, holder.address(), language, List.of(wanted));
            return false;
        }
        book.confirm(
                subscriber.id(),
                newsletter.value(),
                Means.MEMBER_PAGE,
                book.keep(newsletters.wording(wanted, language)));
        book.forgetErased(holder.address());
        return true;
    }

    private boolean hasComplained(EmailAddress address) {
        return suppressed.about(suppressed.hashOf(address)).stream()
                .anyMatch(s -> s.reason() == SuppressedAddresses.Reason.COMPLAINED);
    }

    @Override
    public void unsubscribe(AccountId account, NewsletterId newsletter) {
        book.byAccount(account)
                .flatMap(s -> book.find(s.id(), newsletter.value()))
                .ifPresent(entry -> book.end(entry.id(), Means.MEMBER_PAGE));
    }

    @Override
    public void unsubscribeAll(AccountId account) {
        book.byAccount(account).ifPresent(s -> book.endAll(s.id(), Means.MEMBER_PAGE));
    }

    @Override
    public Optional<ZoneId> zoneOf(EmailAddress address) {
        return book.byAddress(address).flatMap(Subscriber::zone);
    }

    @Override
    public List<SubscriptionView> of(AccountId account) {
        return book.byAccount(account)
                .map(s -> views(book, newsletters, s.id()))
                .orElse(List.of());
    }

    @Override
    public List<ConsentView> consents(AccountId account) {
        return book.byAccount(account).map(s -> book.consents(s.id())).orElse(List.of());
    }

    static List<SubscriptionView> views(SubscriptionBook book, Newsletters newsletters, UUID subscriber) {
        return book.of(subscriber).stream()
                .flatMap(entry -> view(newsletters, entry).stream())
                .sorted(Comparator.comparing(view -> view.newsletter().name()))
                .toList();
    }

    static Optional<SubscriptionView> view(Newsletters newsletters, Entry entry) {
        return newsletters
                .find(new NewsletterId(entry.newsletter()))
                .map(newsletter -> new SubscriptionView(
                        entry.id(), newsletter, entry.state(), entry.since(), Optional.ofNullable(entry.reason())));
    }
}
