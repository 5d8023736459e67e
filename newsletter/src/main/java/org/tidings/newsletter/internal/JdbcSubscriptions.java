package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountState;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.newsletter.ConsentView;
import org.tidings.newsletter.ConsentWording;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterUnknown;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.SubscriberId;
import org.tidings.newsletter.SubscriptionLinkUnusable;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.newsletter.SubscriptionView;
import org.tidings.newsletter.Subscriptions;
import org.tidings.newsletter.internal.SubscriptionBook.Entry;
import org.tidings.newsletter.internal.SubscriptionBook.Subscriber;
import org.tidings.newsletter.internal.knowing.AttributeBook;
import org.tidings.newsletter.internal.knowing.FormAnswers;
import org.tidings.site.Secrets;
import org.tidings.site.Sql;
import org.tidings.site.Transactional;

/** Joining and leaving, in the database. */
@ApplicationScoped
@Transactional
class JdbcSubscriptions implements Subscriptions {

    private static final int LONGEST_PAUSE_DAYS = 366;

    private final SubscriptionBook book;
    private final Pauses pauses;
    private final Newsletters newsletters;
    private final Accounts accounts;
    private final SubscriptionRequests requests;
    private final AskingToConfirm confirming;
    private final Admission admission;
    private final SuppressedAddresses suppressed;
    private final UnsubscribeTokens tokens;
    private final Settings settings;
    private final Sql sql;
    private final AttributeBook attributes;

    @SuppressWarnings("NullAway") // for the container's proxy
    JdbcSubscriptions() {
        this(null, null, null, null, null, null, null, null, null, null, (DataSource) null);
    }

    @Inject
    JdbcSubscriptions(
            SubscriptionBook book,
            Pauses pauses,
            Newsletters newsletters,
            Accounts accounts,
            SubscriptionRequests requests,
            AskingToConfirm confirming,
            Admission admission,
            SuppressedAddresses suppressed,
            UnsubscribeTokens tokens,
            Settings settings,
            @NewsletterDb DataSource dataSource) {
        this.book = book;
        this.pauses = pauses;
        this.newsletters = newsletters;
        this.accounts = accounts;
        this.requests = requests;
        this.confirming = confirming;
        this.admission = admission;
        this.suppressed = suppressed;
        this.tokens = tokens;
        this.settings = settings;
        this.sql = new Sql(dataSource);
        this.attributes = new AttributeBook(sql);
    }

    @Override
    public void request(Set<NewsletterId> wanted, EmailAddress address, Locale language, String network) {
        requests.add(SubscriptionRequests.Request.toSubscribe(wanted, address, language, network, book.now()));
    }

    @Override
    public void request(
            Set<NewsletterId> wanted,
            EmailAddress address,
            Locale language,
            String network,
            Map<String, String> answers) {
        FormAnswers said = FormAnswers.read(answers, attributes.byKey());
        requests.add(SubscriptionRequests.Request.toSubscribe(wanted, address, language, network, book.now())
                .answered(said));
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
        int taken = sql.update(
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
            sql.update(
                    "update newsletter.confirmation set used_at = ?"
                            + " where subscriber = ? and newsletter = ? and used_at is null",
                    now,
                    id,
                    link.newsletter());
        }
        attributes.heard(id, links.get(0).answers(), now);
        EmailAddress address = subscriber.address();
        if (address != null) {
            book.forgetErased(address);
            // The mailbox is proved, and nobody else could have said it anew after a complaint.
            suppressed.consentedAnew(address);
        }
        return view(links);
    }

    private record Link(
            UUID subscriber,
            UUID newsletter,
            String wording,
            boolean used,
            OffsetDateTime expiresAt,
            FormAnswers answers) {}

    /** Of those that she may have by now: whom a newsletter is for may have changed since the link was mailed. */
    private List<Link> links(String token) {
        return all(token).stream().filter(this::isAdmitted).toList();
    }

    private boolean isAdmitted(Link link) {
        return newsletters
                .find(new NewsletterId(link.newsletter()))
                .filter(n -> n.isPublic() || admission.admitsSubscriber(n, book.byId(link.subscriber())))
                .isPresent();
    }

    private List<Link> all(String token) {
        return sql.list(
                "select subscriber, newsletter, wording, used_at, expires_at, answers from newsletter.confirmation"
                        + " where token_hash = ?",
                row -> new Link(
                        row.getObject("subscriber", UUID.class),
                        row.getObject("newsletter", UUID.class),
                        row.getString("wording"),
                        row.getObject("used_at") != null,
                        row.getObject("expires_at", OffsetDateTime.class),
                        FormAnswers.stored(row.getString("answers"))),
                Secrets.sha256(token));
    }

    private Confirmation view(List<Link> links) {
        List<NewsletterView> about = links.stream()
                .flatMap(link -> newsletters.find(new NewsletterId(link.newsletter())).stream())
                .sorted(Comparator.comparing(NewsletterView::name))
                .toList();
        Optional<Subscriber> subscriber = book.byId(links.get(0).subscriber()).filter(s -> s.address() != null);
        List<Entry> confirmed = subscriber.map(s -> book.of(s.id())).orElse(List.of()).stream()
                .filter(entry -> entry.state() == SubscriptionState.CONFIRMED)
                .filter(entry ->
                        links.stream().anyMatch(link -> link.newsletter().equals(entry.newsletter())))
                .toList();
        return new Confirmation(
                about,
                about.stream()
                        .filter(n -> confirmed.stream()
                                .anyMatch(entry -> entry.newsletter().equals(n.id().value())))
                        .toList(),
                links.stream().allMatch(Link::used),
                links.stream().allMatch(link -> !link.expiresAt().isAfter(book.now())),
                confirmed.stream()
                        .findFirst()
                        .flatMap(entry -> subscriber
                                .map(Subscriber::address)
                                .map(address -> settings.site().publicUrl() + "/preferences/"
                                        + tokens.tokenFor(entry.id(), address))),
                wordings(links));
    }

    private Map<NewsletterId, ConsentWording> wordings(List<Link> links) {
        Map<NewsletterId, ConsentWording> wordings = new HashMap<>();
        for (Link link : links) {
            book.kept(link.wording()).ifPresent(words -> wordings.put(new NewsletterId(link.newsletter()), words));
        }
        return wordings;
    }

    @Override
    public boolean subscribe(AccountId account, NewsletterId newsletter, Locale language) {
        NewsletterView wanted = newsletters
                .find(newsletter)
                .filter(NewsletterView::offered)
                .filter(n -> admission.admits(n, Optional.of(account)))
                .orElseThrow(NewsletterUnknown::new);
        AccountView holder = accounts.find(account)
                .filter(a -> a.state() == AccountState.ACTIVE)
                .orElseThrow(NewsletterUnknown::new);
        Subscriber subscriber = book.enter(holder);
        if (hasComplained(holder.address())) {
            confirming.ask(subscriber, holder.address(), language, List.of(wanted));
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
        entry(account, newsletter).ifPresent(entry -> book.end(entry.id(), Means.MEMBER_PAGE));
    }

    @Override
    public void unsubscribeAll(AccountId account) {
        book.byAccount(account).ifPresent(s -> book.endAll(s.id(), Means.MEMBER_PAGE));
    }

    @Override
    public void pause(AccountId account, NewsletterId newsletter, OffsetDateTime until) {
        mustBeAhead(until, book.now());
        entry(account, newsletter).ifPresent(entry -> pauses.pause(entry.id(), until));
    }

    @Override
    public void resume(AccountId account, NewsletterId newsletter) {
        entry(account, newsletter).ifPresent(entry -> pauses.end(entry.id()));
    }

    private Optional<Entry> entry(AccountId account, NewsletterId newsletter) {
        return book.byAccount(account).flatMap(s -> book.find(s.id(), newsletter.value()));
    }

    static void mustBeAhead(OffsetDateTime until, OffsetDateTime now) {
        if (!until.isAfter(now) || until.isAfter(now.plusDays(LONGEST_PAUSE_DAYS))) {
            throw new IllegalArgumentException("a pause ends within the next 366 days");
        }
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
    public Optional<SubscriberId> readerOf(AccountId account) {
        return book.byAccount(account).map(Subscriber::id).map(SubscriberId::new);
    }

    @Override
    public SubscriberId enterReader(AccountId account) {
        AccountView holder = accounts.find(account)
                .filter(a -> a.state() == AccountState.ACTIVE)
                .orElseThrow(NewsletterUnknown::new);
        return new SubscriberId(book.enter(holder).id());
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
                        entry.id(),
                        newsletter,
                        entry.state(),
                        entry.since(),
                        Optional.ofNullable(entry.reason()),
                        Optional.ofNullable(entry.pausedUntil())));
    }
}
