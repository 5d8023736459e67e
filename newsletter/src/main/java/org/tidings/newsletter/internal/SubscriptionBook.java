package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountView;
import org.tidings.mail.AddressHash;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.SiteSecret;
import org.tidings.mail.TimeZones;
import org.tidings.newsletter.ConsentView;
import org.tidings.newsletter.ConsentWording;
import org.tidings.newsletter.CurrentPolicy;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.newsletter.internal.importing.PeopleHere;
import org.tidings.newsletter.internal.knowing.AttributeBook;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.Secrets;
import org.tidings.site.Sql;

/**
 * Who subscribed to what, and the consent records. Every change of a subscription goes through here and leaves its record in
 * the same transaction; callers hold the transaction. {@link OptOutLedger} repeats what was recorded here once.
 */
@ApplicationScoped
class SubscriptionBook implements PeopleHere {

    private static final String ERASED = "erased-newsletter-address";

    /** Ways to leave by a link, which the same link takes back. */
    private static final Set<Means> UNDOABLE = EnumSet.of(Means.LINK, Means.ONE_CLICK, Means.PREFERENCES, Means.MAILTO);

    private final Sql sql;
    private final AttributeBook attributes;
    private final Iterable<CurrentPolicy> policy;
    private final SiteSecret secret;
    private final Clock clock;
    private final Iterable<HearsSubscriptions> hearing;

    @SuppressWarnings("NullAway") // for the container's proxy
    SubscriptionBook() {
        this((Sql) null, null, null, null, null);
    }

    @Inject
    SubscriptionBook(
            @NewsletterDb DataSource dataSource,
            Instance<CurrentPolicy> policy,
            SiteSecret secret,
            Clock clock,
            Instance<HearsSubscriptions> hearing) {
        this(new Sql(dataSource), policy, secret, clock, hearing);
    }

    SubscriptionBook(
            Sql sql,
            Iterable<CurrentPolicy> policy,
            SiteSecret secret,
            Clock clock,
            Iterable<HearsSubscriptions> hearing) {
        this.sql = sql;
        this.attributes = new AttributeBook(sql);
        this.policy = policy;
        this.secret = secret;
        this.clock = clock;
        this.hearing = hearing;
    }

    /**
     * @param address null when erased
     * @param moved whether she has had another address here
     */
    record Subscriber(
            UUID id,
            @Nullable UUID account,
            @Nullable EmailAddress address,
            String name,
            Locale language,
            Optional<ZoneId> zone,
            boolean deactivated,
            Optional<OffsetDateTime> toldAt,
            boolean moved) {}

    /** Who is known since when. */
    record Known(Subscriber subscriber, OffsetDateTime since) {}

    /** One line of the book. */
    record Entry(
            UUID id,
            UUID subscriber,
            UUID newsletter,
            SubscriptionState state,
            OffsetDateTime since,
            @Nullable Means reason,
            @Nullable OffsetDateTime pausedUntil) {}

    @Override
    public OffsetDateTime now() {
        return Now.by(clock);
    }

    @Override
    public String policyVersion() {
        Iterator<CurrentPolicy> known = policy.iterator();
        return known.hasNext() ? known.next().version() : "";
    }

    String hashOf(String canonical) {
        return Secrets.keyedHash(secret.keyFor(ERASED), canonical);
    }

    @Override
    public Hashes hashes() {
        Mac ofErased = Secrets.keyed(secret.keyFor(ERASED));
        Function<EmailAddress, UUID> ofAddress = AddressHash.ofMany(secret);
        return new Hashes() {
            @Override
            public String ofErased(EmailAddress address) {
                return Secrets.written(ofErased.doFinal(address.canonical().getBytes(StandardCharsets.UTF_8)));
            }

            @Override
            public UUID ofAddress(EmailAddress address) {
                return ofAddress.apply(address);
            }
        };
    }

    // Subscribers

    Optional<Subscriber> byId(UUID id) {
        return sql.first(SELECT_SUBSCRIBER + "where id = ?", SubscriptionBook::subscriber, id);
    }

    Optional<Subscriber> byAccount(AccountId account) {
        return sql.first(SELECT_SUBSCRIBER + "where account = ?", SubscriptionBook::subscriber, account.value());
    }

    Optional<Subscriber> byAddress(EmailAddress address) {
        return sql.first(SELECT_SUBSCRIBER + "where canonical = ?", SubscriptionBook::subscriber, address.canonical());
    }

    /** By the hash under which the mail module knows an address. */
    Optional<Subscriber> byAddressHash(UUID addressHash) {
        return sql.first(SELECT_SUBSCRIBER + "where address_hash = ?", SubscriptionBook::subscriber, addressHash);
    }

    /** In the order of their ids; the erased are left out. */
    List<Known> after(UUID id, int limit) {
        return sql.list(
                "select created_at, " + COLUMNS + " from newsletter.subscriber where id > ? and address is not null"
                        + " order by id limit ?",
                row -> new Known(subscriber(row), row.getObject("created_at", OffsetDateTime.class)),
                id,
                limit);
    }

    UUID addressHash(EmailAddress address) {
        return AddressHash.of(address, secret);
    }

    /** Fills in what rows from before there were hashes lack, at most {@code limit}. @return how many there were */
    int fillAddressHashes(int limit) {
        List<Subscriber> without = sql.list(
                SELECT_SUBSCRIBER + "where address_hash is null and address is not null limit ?",
                SubscriptionBook::subscriber,
                limit);
        for (Subscriber subscriber : without) {
            EmailAddress address = subscriber.address();
            if (address != null) {
                sql.update(
                        "update newsletter.subscriber set address_hash = ? where id = ? and canonical = ?",
                        addressHash(address),
                        subscriber.id(),
                        address.canonical());
            }
        }
        return without.size();
    }

    private static final String COLUMNS =
            "id, account, address, canonical, name, language, zone, deactivated_at, told_at, moved_at";

    private static final String SELECT_SUBSCRIBER = "select " + COLUMNS + " from newsletter.subscriber ";

    private static Subscriber subscriber(ResultSet row) throws SQLException {
        String address = row.getString("address");
        String canonical = row.getString("canonical");
        return new Subscriber(
                row.getObject("id", UUID.class),
                row.getObject("account", UUID.class),
                address == null || canonical == null ? null : new EmailAddress(address, canonical),
                row.getString("name"),
                Locale.forLanguageTag(row.getString("language")),
                TimeZones.known(row.getString("zone")),
                row.getObject("deactivated_at") != null,
                Optional.ofNullable(row.getObject("told_at", OffsetDateTime.class)),
                row.getObject("moved_at") != null);
    }

    /** The subscriber of an address, entered if there is none. */
    Subscriber enter(EmailAddress address, String name, Locale language) {
        return byAddress(address).orElseGet(() -> {
            sql.update(
                    "insert into newsletter.subscriber (id, address, canonical, address_hash, name, language, created_at)"
                            + " values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                    newId(),
                    address.original(),
                    address.canonical(),
                    addressHash(address),
                    name,
                    tag(language),
                    now());
            return byAddress(address).orElseThrow();
        });
    }

    /** The subscriber of an account, found by the account or by its address, entered if there is none. */
    Subscriber enter(AccountView account) {
        return enter(account.id(), account.address(), account.name(), account.language(), account.zone());
    }

    /** The same. From then on the account's values are hers, also that she does not say her time zone there. */
    Subscriber enter(AccountId account, EmailAddress address, String name, Locale language, Optional<ZoneId> zone) {
        Optional<Subscriber> known = byAccount(account);
        if (known.isPresent()) {
            return known.get();
        }
        Subscriber entered = enter(address, name, language);
        sql.update(
                "update newsletter.subscriber set account = ?, name = ?, language = ?, zone = ?, deactivated_at = null"
                        + " where id = ?",
                account.value(),
                name,
                tag(language),
                TimeZones.nameOf(zone),
                entered.id());
        return byId(entered.id()).orElseThrow();
    }

    void told(UUID subscriber) {
        sql.update("update newsletter.subscriber set told_at = ? where id = ?", now(), subscriber);
    }

    /** The account's values are the person's newest. If its new address had subscribed by itself, both become one. */
    void follow(Subscriber subscriber, EmailAddress address, String name, Locale language, Optional<ZoneId> zone) {
        byAddress(address)
                .filter(other -> !other.id().equals(subscriber.id()))
                .ifPresent(other -> absorb(other, subscriber, true));
        EmailAddress former = subscriber.address();
        if (former != null && !former.canonical().equals(address.canonical())) {
            sql.update("update newsletter.subscriber set moved_at = ? where id = ?", now(), subscriber.id());
            sql.update("delete from newsletter.sitting where subscriber = ?", subscriber.id());
        }
        sql.update(
                "update newsletter.subscriber set address = ?, canonical = ?, address_hash = ?, name = ?, language = ?,"
                        + " zone = ? where id = ?",
                address.original(),
                address.canonical(),
                addressHash(address),
                name,
                tag(language),
                TimeZones.nameOf(zone),
                subscriber.id());
    }

    /** What a subscriber without an account says herself. */
    void describe(UUID subscriber, Locale language, Optional<ZoneId> zone) {
        sql.update(
                "update newsletter.subscriber set language = ?, zone = ? where id = ? and account is null",
                tag(language),
                TimeZones.nameOf(zone),
                subscriber);
    }

    /** What staff correct at her wish. */
    void correct(UUID subscriber, String name, Locale language, Optional<ZoneId> zone) {
        sql.update("update newsletter.subscriber set name = ? where id = ? and account is null", name, subscriber);
        describe(subscriber, language, zone);
    }

    /** Two entries of one person, as staff were told: the other's address is forgotten. */
    void merge(Subscriber other, Subscriber into) {
        // Nobody brings the forgotten address back but she: it would be another entry, and know nothing of who left.
        sql.update(
                "insert into newsletter.optout_outside (address_hash, newsletter, at)"
                        + " select p.address_hash, n.id, cast(? as timestamp with time zone)"
                        + " from newsletter.subscriber p cross join newsletter.newsletter n"
                        + " where p.id = ? and p.address_hash is not null on conflict do nothing",
                now(),
                other.id());
        absorb(other, into, false);
    }

    /**
     * Links in mails that were sent to the other entry go on working: its subscriptions are moved or point to the kept one.
     *
     * @param herself whether both mailboxes were proved to be hers; nobody else's word brings back who left
     */
    private void absorb(Subscriber other, Subscriber into, boolean herself) {
        List<Entry> kept = of(into.id());
        for (Entry entry : of(other.id())) {
            Optional<Entry> same = kept.stream()
                    .filter(k -> k.newsletter().equals(entry.newsletter()))
                    .findFirst();
            if (same.isEmpty()) {
                sql.update("update newsletter.subscription set subscriber = ? where id = ?", into.id(), entry.id());
                continue;
            }
            boolean stays = !herself && same.get().state() == SubscriptionState.UNSUBSCRIBED;
            if (entry.since().isAfter(same.get().since()) && entry.state() != SubscriptionState.PENDING && !stays) {
                // What the person said last holds. An entry that was in no audience comes into those that are frozen
                // from now on: in one of before is the other, to whom its mail went.
                boolean confirmed = entry.state() == SubscriptionState.CONFIRMED;
                OffsetDateTime confirmedAt =
                        same.get().state() == SubscriptionState.CONFIRMED ? confirmedAt(same.get()) : now();
                sql.update(
                        "update newsletter.subscription set state = ?, since = ?, confirmed_at = ?, ended_at = ?,"
                                + " reason = ? where id = ?",
                        entry.state().name(),
                        entry.since(),
                        confirmed ? confirmedAt : null,
                        entry.state() == SubscriptionState.UNSUBSCRIBED ? entry.since() : null,
                        entry.reason() == null ? null : entry.reason().name(),
                        same.get().id());
            }
            sql.update(
                    "update newsletter.pause set subscription = ? where subscription = ? and not exists"
                            + " (select 1 from newsletter.pause k where k.subscription = ?)",
                    same.get().id(),
                    entry.id(),
                    same.get().id());
            sql.update(
                    "update newsletter.subscription set state = 'UNSUBSCRIBED', since = ?, ended_at = ?, reason = 'MERGED',"
                            + " merged_into = ? where id = ?",
                    now(),
                    now(),
                    same.get().id(),
                    entry.id());
        }
        attributes.merge(other.id(), into.id());
        sql.update("update newsletter.subscriber set absorbed_into = ? where absorbed_into = ?", into.id(), other.id());
        sql.update("delete from newsletter.confirmation where subscriber = ?", other.id());
        sql.update("delete from newsletter.sitting where subscriber = ?", other.id());
        sql.update(
                "update newsletter.subscriber set address = null, canonical = null, address_hash = null, name = '',"
                        + " zone = '', absorbed_into = ? where id = ?",
                into.id(),
                other.id());
    }

    private OffsetDateTime confirmedAt(Entry entry) {
        return sql.first(
                        "select confirmed_at from newsletter.subscription where id = ?",
                        row -> row.getObject(1, OffsetDateTime.class),
                        entry.id())
                .orElse(entry.since());
    }

    void deactivated(UUID subscriber) {
        sql.update("update newsletter.subscriber set deactivated_at = ? where id = ?", now(), subscriber);
    }

    void reactivated(UUID subscriber) {
        sql.update("update newsletter.subscriber set deactivated_at = null where id = ?", subscriber);
    }

    /** Everything personal goes; the consent records stay under an id that leads to nobody. */
    void erase(Subscriber subscriber) {
        endAll(subscriber.id(), Means.ERASURE);
        sql.update("update newsletter.subscription set reason = 'ERASURE' where subscriber = ?", subscriber.id());
        sql.update("delete from newsletter.confirmation where subscriber = ?", subscriber.id());
        sql.update("delete from newsletter.sitting where subscriber = ?", subscriber.id());
        attributes.forgetAll(withAbsorbed(subscriber.id()));
        // The fact stays, the device's address goes.
        sql.update(
                "update newsletter.consent set network = '' where network <> '' and subscriber in"
                        + " (select w.id from unnest(cast(? as uuid array)) as w(id))",
                Sql.uuids(withAbsorbed(subscriber.id())));
        // What staff wrote down of when and where she agreed.
        sql.update(
                "update newsletter.consent set statement = '' where means = 'STAFF' and subscriber in"
                        + " (select w.id from unnest(cast(? as uuid array)) as w(id))",
                Sql.uuids(withAbsorbed(subscriber.id())));
        sql.update(
                "update newsletter.subscriber set account = null, address = null, canonical = null, address_hash = null,"
                        + " name = '',"
                        + " language = 'und', zone = '', told_at = null, moved_at = null, erased_at = ?"
                        + " where id in (select w.id from unnest(cast(? as uuid array)) as w(id))",
                now(),
                Sql.uuids(withAbsorbed(subscriber.id())));
    }

    /** The entry and those that were merged into it. By themselves: with OR both databases read the whole table. */
    private List<UUID> withAbsorbed(UUID subscriber) {
        List<UUID> all = new ArrayList<>(sql.list(
                "select id from newsletter.subscriber where absorbed_into = ?",
                row -> row.getObject(1, UUID.class),
                subscriber));
        all.add(subscriber);
        return all;
    }

    /** And what the address still waits for. */
    void rememberErased(EmailAddress address) {
        sql.update("delete from newsletter.subscription_request where canonical = ?", address.canonical());
        sql.update(
                "insert into newsletter.erased_address (hash, erased_at) values (?, ?) on conflict do nothing",
                hashOf(address.canonical()),
                now());
    }

    /** Whether she was erased, or has left in a time that a restored backup does not know: only she herself comes back. */
    boolean mustStayOut(EmailAddress address, UUID newsletter) {
        return sql.first(
                                "select 1 from newsletter.erased_address where hash = ?",
                                row -> 1,
                                hashOf(address.canonical()))
                        .isPresent()
                || sql.first(
                                "select 1 from newsletter.optout_outside where address_hash = ? and newsletter = ?",
                                row -> 1,
                                addressHash(address),
                                newsletter)
                        .isPresent();
    }

    /** The person herself came back, with proof of the mailbox. */
    void forgetErased(EmailAddress address) {
        sql.update("delete from newsletter.erased_address where hash = ?", hashOf(address.canonical()));
    }

    // Subscriptions

    private static final String SELECT_ENTRY = "select id, subscriber, newsletter, state, since, reason,"
            + " (select z.until_when from newsletter.pause z where z.subscription = subscription.id) as paused"
            + " from newsletter.subscription ";

    private Entry entry(ResultSet row) throws SQLException {
        String reason = row.getString("reason");
        return new Entry(
                row.getObject("id", UUID.class),
                row.getObject("subscriber", UUID.class),
                row.getObject("newsletter", UUID.class),
                SubscriptionState.valueOf(row.getString("state")),
                row.getObject("since", OffsetDateTime.class),
                reason == null ? null : Means.valueOf(reason),
                isAhead(row.getObject("paused", OffsetDateTime.class)));
    }

    private @Nullable OffsetDateTime isAhead(@Nullable OffsetDateTime until) {
        return until != null && until.isAfter(now()) ? until : null;
    }

    List<Entry> of(UUID subscriber) {
        return sql.list(
                SELECT_ENTRY + "where subscriber = ? and merged_into is null order by id", this::entry, subscriber);
    }

    Optional<Entry> find(UUID subscription) {
        Optional<Entry> entry = sql.first(SELECT_ENTRY + "where id = ?", this::entry, subscription);
        return entry.filter(e -> e.reason() == Means.MERGED)
                .flatMap(e -> mergedInto(subscription))
                .map(kept -> sql.first(SELECT_ENTRY + "where id = ?", this::entry, kept))
                .orElse(entry);
    }

    Optional<Entry> find(UUID subscriber, UUID newsletter) {
        return sql.first(
                SELECT_ENTRY + "where subscriber = ? and newsletter = ? and merged_into is null",
                this::entry,
                subscriber,
                newsletter);
    }

    private Optional<UUID> mergedInto(UUID subscription) {
        return sql.first(
                "select merged_into from newsletter.subscription where id = ? and merged_into is not null",
                row -> row.getObject(1, UUID.class),
                subscription);
    }

    /** Notes that it was asked for; changes nothing that is there already. */
    void askFor(UUID subscriber, UUID newsletter) {
        OffsetDateTime at = now();
        UUID id = newId();
        int changed = sql.update(
                "insert into newsletter.subscription (id, subscriber, newsletter, state, since)"
                        + " values (?, ?, ?, 'PENDING', ?) on conflict do nothing",
                id,
                subscriber,
                newsletter,
                at);
        if (changed > 0) {
            hearing.forEach(one -> one.asked(id));
        }
    }

    /** Notes that staff invited her; she has not said no. */
    void invite(UUID subscriber, UUID newsletter) {
        askFor(subscriber, newsletter);
        sql.update(
                "update newsletter.subscription set invited_at = ? where subscriber = ? and newsletter = ?"
                        + " and merged_into is null and state = 'PENDING'",
                now(),
                subscriber,
                newsletter);
    }

    Optional<OffsetDateTime> invitedAt(UUID subscription) {
        return sql.first(
                "select invited_at from newsletter.subscription where id = ? and invited_at is not null",
                row -> row.getObject(1, OffsetDateTime.class),
                subscription);
    }

    /** Confirmed, with consent on record; nothing if it was. */
    void confirm(UUID subscriber, UUID newsletter, Means means, String wording) {
        confirm(subscriber, newsletter, means, wording, "");
    }

    /**
     * The same where staff say how she agreed.
     *
     * @param wording what was agreed to, or null where nobody knows the words
     * @return whether it was not confirmed before
     */
    boolean confirm(UUID subscriber, UUID newsletter, Means means, @Nullable String wording, String statement) {
        OffsetDateTime at = now();
        int changed = sql.update(
                "insert into newsletter.subscription (id, subscriber, newsletter, state, since, confirmed_at)"
                        + " values (?, ?, ?, 'CONFIRMED', ?, ?) on conflict do nothing",
                newId(),
                subscriber,
                newsletter,
                at,
                at);
        if (changed == 0) {
            changed = sql.update(
                    "update newsletter.subscription set state = 'CONFIRMED', since = ?, confirmed_at = ?, ended_at = null,"
                            + " reason = null, said_why = false"
                            + " where subscriber = ? and newsletter = ? and state <> 'CONFIRMED'"
                            + " and merged_into is null",
                    at,
                    at,
                    subscriber,
                    newsletter);
        }
        if (changed > 0) {
            sql.update(
                    "insert into newsletter.consent"
                            + " (id, subscriber, newsletter, act, at, means, wording, policy_version, statement)"
                            + " values (?, ?, ?, 'GIVEN', ?, ?, ?, ?, ?)",
                    newId(),
                    subscriber,
                    newsletter,
                    at,
                    means.name(),
                    wording,
                    policyVersion(),
                    statement);
            find(subscriber, newsletter).ifPresent(entry -> hearing.forEach(one -> one.confirmed(entry.id(), means)));
        }
        return changed > 0;
    }

    /**
     * Takes a leaving back that is less than a day old, as if it had not been: the place in a mailing that runs is the former. Once a week, so
     * that nobody plays with a link.
     *
     * @return false if there is nothing to take back
     */
    boolean undo(UUID subscription) {
        Optional<Entry> entry = find(subscription).filter(this::mayBeUndone).filter(this::isTakenBack);
        entry.ifPresent(left -> {
            give(left, Means.UNDONE, now());
            hearing.forEach(one -> one.confirmed(left.id(), Means.UNDONE));
        });
        return entry.isPresent();
    }

    /** False if somebody was faster, such as a second click, or her erasure. */
    private boolean isTakenBack(Entry left) {
        return left.reason() != null
                && sql.update(
                                "update newsletter.subscription set state = 'CONFIRMED', since = ?, ended_at = null,"
                                        + " reason = null, said_why = false"
                                        + " where id = ? and state = 'UNSUBSCRIBED' and reason = ?",
                                now(),
                                left.id(),
                                left.reason().name())
                        > 0;
    }

    /** Staff take off who has left by herself: she does not come back by the same link. */
    boolean takenOff(UUID subscription) {
        return sql.update(
                        "update newsletter.subscription set reason = 'STAFF' where id = ? and state = 'UNSUBSCRIBED'"
                                + " and reason in ('LINK', 'ONE_CLICK', 'PREFERENCES', 'MAILTO', 'MEMBER_PAGE')",
                        subscription)
                > 0;
    }

    boolean mayBeUndone(Entry entry) {
        return entry.state() == SubscriptionState.UNSUBSCRIBED
                && entry.reason() != null
                && UNDOABLE.contains(entry.reason())
                && entry.since().isAfter(now().minusDays(1))
                && sql.first(
                                "select id from newsletter.subscription where id = ? and confirmed_at is not null",
                                row -> row.getObject(1, UUID.class),
                                entry.id())
                        .isPresent()
                && sql.first(
                                "select id from newsletter.consent where subscriber = ? and newsletter = ?"
                                        + " and means = 'UNDONE' and at > ?",
                                row -> row.getObject(1, UUID.class),
                                entry.subscriber(),
                                entry.newsletter(),
                                now().minusDays(7))
                        .isEmpty();
    }

    /** The words are those that she agreed to before. */
    private void give(Entry entry, Means means, OffsetDateTime at) {
        sql.update(
                "insert into newsletter.consent"
                        + " (id, subscriber, newsletter, act, at, means, wording, policy_version, statement)"
                        + " values (?, ?, ?, 'GIVEN', ?, ?, ?, ?, '')",
                newId(),
                entry.subscriber(),
                entry.newsletter(),
                at,
                means.name(),
                lastWording(entry.subscriber(), entry.newsletter()).orElse(null),
                policyVersion());
    }

    /** Ends one subscription, with the withdrawal on record. Two statements by primary key. @return whether it had not ended */
    boolean end(UUID subscription, Means means) {
        OffsetDateTime at = now();
        int changed = sql.update(
                "update newsletter.subscription set state = 'UNSUBSCRIBED', since = ?, ended_at = ?, reason = ?"
                        + " where id = ? and state <> 'UNSUBSCRIBED'",
                at,
                at,
                means.name(),
                subscription);
        if (changed > 0) {
            withdraw(subscription, means, at);
            sql.update("delete from newsletter.pause where subscription = ?", subscription);
            hearing.forEach(one -> one.ended(subscription, means));
            return true;
        }
        if (means != Means.DEACTIVATION && means != Means.ERASURE && leaveDuringThePause(subscription, means)) {
            return true;
        }
        return mergedInto(subscription).map(kept -> end(kept, means)).orElse(false);
    }

    private void withdraw(UUID subscription, Means means, OffsetDateTime at) {
        sql.update(
                "insert into newsletter.consent"
                        + " (id, subscriber, newsletter, act, at, means, wording, policy_version, statement)"
                        + " select cast(? as uuid), subscriber, newsletter, 'WITHDRAWN',"
                        + " cast(? as timestamp with time zone), cast(? as varchar), null, cast(? as varchar), ''"
                        + " from newsletter.subscription where id = ?",
                newId(),
                at,
                means.name(),
                policyVersion(),
                subscription);
    }

    /** It rests with the account, or an import ended it; now she has left it herself, and it comes back neither with the account nor by an undo. */
    private boolean leaveDuringThePause(UUID subscription, Means means) {
        OffsetDateTime at = now();
        int changed = sql.update(
                "update newsletter.subscription set since = ?, ended_at = ?, reason = ?"
                        + " where id = ? and state = 'UNSUBSCRIBED' and reason in ('DEACTIVATION', 'IMPORT')",
                at,
                at,
                means.name(),
                subscription);
        if (changed > 0) {
            withdraw(subscription, means, at);
        }
        return changed > 0;
    }

    /**
     * What had been confirmed and ended only by the deactivation is confirmed again, as of now: no issue of the meantime is sent after.
     * The words are those that she agreed to.
     */
    void restoreWithAccount(UUID subscriber) {
        OffsetDateTime at = now();
        for (Entry entry : of(subscriber)) {
            int changed = sql.update(
                    "update newsletter.subscription set state = 'CONFIRMED', since = ?, confirmed_at = ?, ended_at = null,"
                            + " reason = null where id = ? and state = 'UNSUBSCRIBED' and reason = 'DEACTIVATION'"
                            + " and confirmed_at is not null",
                    at,
                    at,
                    entry.id());
            if (changed > 0) {
                give(entry, Means.REACTIVATION, at);
                hearing.forEach(one -> one.confirmed(entry.id(), Means.REACTIVATION));
            }
        }
    }

    private Optional<String> lastWording(UUID subscriber, UUID newsletter) {
        return sql.first(
                "select wording from newsletter.consent where subscriber = ? and newsletter = ? and act = 'GIVEN'"
                        + " and wording is not null order by at desc, id desc limit 1",
                row -> row.getString(1),
                subscriber,
                newsletter);
    }

    void endAll(UUID subscriber, Means means) {
        for (Entry entry : of(subscriber)) {
            end(entry.id(), means);
        }
        sql.update(
                "update newsletter.confirmation set used_at = ? where subscriber = ? and used_at is null",
                now(),
                subscriber);
    }

    // Consent

    String keep(ConsentWording wording) {
        String id =
                Secrets.sha256(wording.version() + "\n" + wording.language().toLanguageTag() + "\n" + wording.words());
        sql.update(
                "insert into newsletter.wording (id, version, language, words) values (?, ?, ?, ?) on conflict do nothing",
                id,
                wording.version(),
                wording.language().toLanguageTag(),
                wording.words());
        return id;
    }

    /** The words that were kept under this id. */
    Optional<ConsentWording> kept(String wording) {
        return sql.first(
                "select version, language, words from newsletter.wording where id = ?",
                row -> new ConsentWording(
                        row.getString("version"),
                        Locale.forLanguageTag(row.getString("language")),
                        row.getString("words")),
                wording);
    }

    List<ConsentView> consents(UUID subscriber) {
        return sql.list(
                "select c.newsletter, c.act, c.at, c.means, c.policy_version, c.statement, c.network, w.version, w.language, w.words"
                        + " from newsletter.consent c left join newsletter.wording w on w.id = c.wording"
                        + " where c.subscriber in (select x.id from unnest(cast(? as uuid array)) as x(id))"
                        + " order by c.at desc, c.id desc",
                row -> {
                    String words = row.getString("words");
                    return new ConsentView(
                            new NewsletterId(row.getObject("newsletter", UUID.class)),
                            row.getString("act").equals("GIVEN"),
                            row.getObject("at", OffsetDateTime.class),
                            Means.valueOf(row.getString("means")),
                            words == null
                                    ? Optional.empty()
                                    : Optional.of(new ConsentWording(
                                            row.getString("version"),
                                            Locale.forLanguageTag(row.getString("language")),
                                            words)),
                            row.getString("policy_version"),
                            row.getString("statement"),
                            row.getString("network"));
                },
                Sql.uuids(withAbsorbed(subscriber)));
    }

    static UUID newId() {
        return Ids.next();
    }

    private static String tag(Locale language) {
        String tag = language.toLanguageTag();
        return tag.length() <= 35 ? tag : language.getLanguage();
    }
}
