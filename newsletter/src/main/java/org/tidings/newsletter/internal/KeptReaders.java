package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountState;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.AuditLog;
import org.tidings.mail.Delivery;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Mailings;
import org.tidings.mail.PersonNames;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.newsletter.AttributeOrigin;
import org.tidings.newsletter.Attributes;
import org.tidings.newsletter.ConsentView;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewReader;
import org.tidings.newsletter.NewsletterAction;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.ReaderCorrection;
import org.tidings.newsletter.ReaderEvent;
import org.tidings.newsletter.ReaderEvent.Kind;
import org.tidings.newsletter.ReaderRecords;
import org.tidings.newsletter.ReaderRejected;
import org.tidings.newsletter.ReaderRejected.Reason;
import org.tidings.newsletter.ReaderView;
import org.tidings.newsletter.SubscriberId;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.newsletter.Subscriptions;
import org.tidings.newsletter.Tags;
import org.tidings.newsletter.internal.SubscriptionBook.Entry;
import org.tidings.newsletter.internal.SubscriptionBook.Subscriber;
import org.tidings.site.OddCharacter;
import org.tidings.site.Sql;
import org.tidings.site.Transactional;

/** Readers one by one, in the database. */
@ApplicationScoped
@Transactional
class KeptReaders implements ReaderRecords {

    private static final String OBJECT = "subscriber";
    private static final int LONGEST_NAME = 200;
    private static final int SHORTEST_REASON = 5;
    private static final int LONGEST_REASON = 500;
    private static final int SHORTEST_PROOF = 20;
    private static final int LONGEST_PROOF = 1_000;

    private final Accounts accounts;
    private final SubscriptionBook book;
    private final Newsletters newsletters;
    private final Subscriptions subscriptions;
    private final Attributes attributes;
    private final Tags tags;
    private final ReaderCopy copies;
    private final IssuesSentData issues;
    private final MailedSittings sittings;
    private final Mailings mailings;
    private final SuppressedAddresses suppressed;
    private final AuditLog auditLog;
    private final Sql sql;

    @SuppressWarnings("NullAway") // for the container's proxy
    KeptReaders() {
        this(null, null, null, null, null, null, null, null, null, null, null, null, (DataSource) null);
    }

    @Inject
    KeptReaders(
            Accounts accounts,
            SubscriptionBook book,
            Newsletters newsletters,
            Subscriptions subscriptions,
            Attributes attributes,
            Tags tags,
            ReaderCopy copies,
            IssuesSentData issues,
            MailedSittings sittings,
            Mailings mailings,
            SuppressedAddresses suppressed,
            AuditLog auditLog,
            @NewsletterDb DataSource dataSource) {
        this.accounts = accounts;
        this.book = book;
        this.newsletters = newsletters;
        this.subscriptions = subscriptions;
        this.attributes = attributes;
        this.tags = tags;
        this.copies = copies;
        this.issues = issues;
        this.sittings = sittings;
        this.mailings = mailings;
        this.suppressed = suppressed;
        this.auditLog = auditLog;
        this.sql = new Sql(dataSource);
    }

    @Override
    public Optional<ReaderView> find(SubscriberId reader) {
        return book.byId(reader.value()).flatMap(this::view);
    }

    @Override
    public Optional<ReaderView> find(EmailAddress address) {
        return book.byAddress(address).flatMap(this::view);
    }

    private Optional<ReaderView> view(Subscriber subscriber) {
        EmailAddress address = subscriber.address();
        SubscriberId id = new SubscriberId(subscriber.id());
        return address == null
                ? Optional.empty()
                : Optional.of(new ReaderView(
                        id,
                        address.original(),
                        Optional.ofNullable(subscriber.account()).map(AccountId::new),
                        subscriber.name(),
                        subscriber.language(),
                        subscriber.zone(),
                        enteredAt(subscriber.id()),
                        attributes.of(id),
                        tags.of(id)));
    }

    private OffsetDateTime enteredAt(UUID subscriber) {
        return sql.first(
                        "select created_at from newsletter.subscriber where id = ?",
                        row -> row.getObject(1, OffsetDateTime.class),
                        subscriber)
                .orElseGet(book::now);
    }

    private Subscriber known(SubscriberId reader) {
        return book.byId(reader.value())
                .filter(subscriber -> subscriber.address() != null)
                .orElseThrow(() -> new ReaderRejected("reader", Reason.UNKNOWN));
    }

    private static void withoutAccount(Subscriber subscriber) {
        if (subscriber.account() != null) {
            throw new ReaderRejected("reader", Reason.HAS_ACCOUNT);
        }
    }

    // What happened

    @Override
    public List<ReaderEvent> history(SubscriberId reader, int limit) {
        Map<UUID, String> names = new LinkedHashMap<>();
        newsletters.all().forEach(n -> names.put(n.id().value(), n.name()));
        List<ReaderEvent> all = new ArrayList<>();
        book.byId(reader.value()).ifPresent(subscriber -> all.add(event(enteredAt(subscriber.id()), Kind.ENTERED, "")));
        all.addAll(consents(reader, names));
        for (Entry entry : book.of(reader.value())) {
            if (entry.state() == SubscriptionState.PENDING) {
                all.add(event(entry.since(), Kind.ASKED, names.getOrDefault(entry.newsletter(), "")));
            }
        }
        all.addAll(issues(reader, limit));
        auditLog.newest(Optional.of(OBJECT), Optional.of(reader.value()), limit)
                .forEach(entry -> all.add(
                        new ReaderEvent(entry.at(), Kind.BY_STAFF, entry.action(), Optional.empty(), entry.detail())));
        return all.stream()
                .sorted(Comparator.comparing(ReaderEvent::at).reversed())
                .limit(limit)
                .toList();
    }

    private static ReaderEvent event(OffsetDateTime at, Kind kind, String about) {
        return new ReaderEvent(at, kind, about, Optional.empty(), "");
    }

    private List<ReaderEvent> consents(SubscriberId reader, Map<UUID, String> names) {
        List<ConsentView> oldestFirst = new ArrayList<>(book.consents(reader.value()));
        java.util.Collections.reverse(oldestFirst);
        Set<NewsletterId> left = new HashSet<>();
        List<ReaderEvent> events = new ArrayList<>();
        for (ConsentView consent : oldestFirst) {
            Kind kind = consent.given() ? left.contains(consent.newsletter()) ? Kind.RETURNED : Kind.AGREED : Kind.LEFT;
            if (kind == Kind.LEFT) {
                left.add(consent.newsletter());
            }
            events.add(new ReaderEvent(
                    consent.at(),
                    kind,
                    names.getOrDefault(consent.newsletter().value(), ""),
                    Optional.of(consent.means()),
                    consent.statement()));
        }
        return events;
    }

    private List<ReaderEvent> issues(SubscriberId reader, int limit) {
        List<Delivery> deliveries = mailings.deliveriesTo(issues.subscriptionsOf(reader.value()), limit);
        var titles = mailings.titles(deliveries.stream().map(Delivery::mailing).toList());
        return deliveries.stream()
                .filter(delivery ->
                        delivery.state() == DeliveryState.HANDED_OVER || delivery.state() == DeliveryState.FAILED)
                .map(delivery -> event(
                        delivery.at(),
                        delivery.state() == DeliveryState.HANDED_OVER ? Kind.GOT : Kind.NOT_REACHED,
                        titles.getOrDefault(delivery.mailing(), "")))
                .toList();
    }

    // Correcting

    @Override
    public void correct(SubscriberId reader, ReaderCorrection correction, String reason, AccountId by) {
        Subscriber subscriber = known(reader);
        Map<String, Reason> wrong = new LinkedHashMap<>();
        text("reason", reason, SHORTEST_REASON, LONGEST_REASON, wrong);
        correction.details().ifPresent(details -> {
            if (subscriber.account() != null) {
                wrong.put("name", Reason.HAS_ACCOUNT);
            }
            name(details.name(), wrong);
        });
        refuse(wrong);
        correction
                .details()
                .ifPresent(details ->
                        book.correct(subscriber.id(), details.name().strip(), details.language(), details.zone()));
        attributes.set(reader, correction.attributes(), AttributeOrigin.STAFF);
        correction.tags().ifPresent(names -> tags.set(reader, names, AttributeOrigin.STAFF));
        record(NewsletterAction.CORRECT_READER, reader, reason, by);
    }

    private void record(NewsletterAction action, SubscriberId reader, String reason, AccountId by) {
        auditLog.record(by, action, OBJECT, reader.value(), reason.strip());
    }

    private static void refuse(Map<String, Reason> wrong) {
        if (!wrong.isEmpty()) {
            throw new ReaderRejected(wrong);
        }
    }

    private static void name(String name, Map<String, Reason> wrong) {
        if (name.length() > LONGEST_NAME) {
            wrong.put("name", Reason.TOO_LONG);
        } else if (OddCharacter.inLine(name).isPresent()) {
            wrong.put("name", Reason.CHARACTERS);
        } else {
            PersonNames.flaw(name)
                    .ifPresent(flaw ->
                            wrong.putIfAbsent("name", flaw == PersonNames.Flaw.LINK ? Reason.LINK : Reason.CHARACTERS));
        }
    }

    private static void text(String field, String text, int shortest, int longest, Map<String, Reason> wrong) {
        String clean = text.strip();
        if (clean.length() < shortest) {
            wrong.put(field, Reason.TOO_SHORT);
        } else if (clean.length() > longest) {
            wrong.put(field, Reason.TOO_LONG);
        } else if (OddCharacter.inText(clean).isPresent()) {
            wrong.put(field, Reason.CHARACTERS);
        }
    }

    // Entering

    @Override
    public Added add(NewReader reader, AccountId by) {
        Map<String, Reason> wrong = new LinkedHashMap<>();
        name(reader.name(), wrong);
        reader.proof().ifPresent(proof -> text("proof", proof, SHORTEST_PROOF, LONGEST_PROOF, wrong));
        Set<NewsletterView> wanted = new HashSet<>();
        reader.newsletters().forEach(id -> newsletters.find(id).ifPresent(wanted::add));
        if (wanted.isEmpty()) {
            wrong.put("newsletter", Reason.EMPTY);
        }
        refuse(wrong);
        return reader.proof().isEmpty() || mustConfirm(reader.address(), wanted)
                ? ask(reader, by)
                : subscribe(reader, wanted, by);
    }

    /** Whoever left, was erased or blocked comes back by her own word only. */
    private boolean mustConfirm(EmailAddress address, Set<NewsletterView> wanted) {
        boolean closed = accounts.findByAddress(address)
                .filter(account -> account.state() != AccountState.ACTIVE)
                .isPresent();
        if (closed
                || wanted.stream().anyMatch(n -> book.mustStayOut(address, n.id().value()))
                || !suppressed.about(suppressed.hashOf(address)).isEmpty()) {
            return true;
        }
        Optional<Subscriber> known = book.byAddress(address);
        return known.filter(Subscriber::deactivated).isPresent()
                || known.stream()
                        .flatMap(subscriber -> book.of(subscriber.id()).stream())
                        .filter(entry ->
                                wanted.stream().anyMatch(n -> n.id().value().equals(entry.newsletter())))
                        .anyMatch(entry -> entry.state() == SubscriptionState.UNSUBSCRIBED);
    }

    private Added ask(NewReader reader, AccountId by) {
        subscriptions.request(reader.newsletters(), reader.address(), reader.language(), "");
        auditLog.record(by, NewsletterAction.ASK_READER, OBJECT, SubscriptionBook.newId(), "");
        return Added.ASKED;
    }

    private Added subscribe(NewReader reader, Set<NewsletterView> wanted, AccountId by) {
        Optional<AccountView> account = accounts.findByAddress(reader.address());
        boolean knownBefore =
                account.isPresent() || book.byAddress(reader.address()).isPresent();
        Subscriber subscriber = account.map(book::enter)
                .orElseGet(() -> book.enter(reader.address(), reader.name().strip(), reader.language()));
        if (!knownBefore) {
            book.describe(subscriber.id(), reader.language(), reader.zone());
        }
        boolean any = false;
        for (NewsletterView newsletter : wanted) {
            any |= book.confirm(
                    subscriber.id(),
                    newsletter.id().value(),
                    Means.STAFF,
                    null,
                    reader.proof().orElse("").strip());
        }
        auditLog.record(by, NewsletterAction.ADD_READER, OBJECT, subscriber.id(), "");
        return any ? Added.SUBSCRIBED : Added.KNOWN;
    }

    // Merging, copying, erasing

    @Override
    public void merge(SubscriberId stays, EmailAddress other, String reason, AccountId by) {
        Subscriber kept = known(stays);
        Map<String, Reason> wrong = new LinkedHashMap<>();
        text("reason", reason, SHORTEST_REASON, LONGEST_REASON, wrong);
        Optional<Subscriber> goes =
                book.byAddress(other).filter(subscriber -> !subscriber.id().equals(kept.id()));
        if (goes.isEmpty()) {
            wrong.put("other", Reason.UNKNOWN);
        } else if (goes.get().account() != null || goes.get().deactivated()) {
            wrong.put("other", Reason.HAS_ACCOUNT);
        }
        refuse(wrong);
        book.merge(goes.orElseThrow(), kept);
        record(NewsletterAction.MERGE_READERS, stays, reason, by);
    }

    @Override
    public Map<String, Object> copy(SubscriberId reader, String reason, AccountId by) {
        Subscriber subscriber = known(reader);
        withoutAccount(subscriber);
        reasonIsGiven(reason);
        record(NewsletterAction.COPY_READER, reader, reason, by);
        return copies.of(subscriber);
    }

    @Override
    public void erase(SubscriberId reader, String reason, AccountId by) {
        Subscriber subscriber = known(reader);
        withoutAccount(subscriber);
        reasonIsGiven(reason);
        EmailAddress address = subscriber.address();
        if (address != null) {
            sittings.erase(subscriber, address);
        }
        record(NewsletterAction.ERASE_READER, reader, reason, by);
    }

    private static void reasonIsGiven(String reason) {
        Map<String, Reason> wrong = new LinkedHashMap<>();
        text("reason", reason, SHORTEST_REASON, LONGEST_REASON, wrong);
        refuse(wrong);
    }
}
