package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tidings.mail.EmailAddress;
import org.tidings.newsletter.LeavingReason;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.Preferences;
import org.tidings.newsletter.Sittings;
import org.tidings.newsletter.SubscriptionView;
import org.tidings.newsletter.Subscriptions;
import org.tidings.newsletter.internal.SubscriptionBook.Entry;
import org.tidings.newsletter.internal.SubscriptionBook.Subscriber;
import org.tidings.site.Transactional;

/** Preferences by stateless tokens. */
@ApplicationScoped
@Transactional
class TokenPreferences implements Preferences {

    private final SubscriptionBook book;
    private final Pauses pauses;
    private final CountingLeavings leavings;
    private final Newsletters newsletters;
    private final Subscriptions subscriptions;
    private final Sittings sittings;
    private final UnsubscribeTokens tokens;

    @SuppressWarnings("NullAway") // for the container's proxy
    TokenPreferences() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    TokenPreferences(
            SubscriptionBook book,
            Pauses pauses,
            CountingLeavings leavings,
            Newsletters newsletters,
            Subscriptions subscriptions,
            Sittings sittings,
            UnsubscribeTokens tokens) {
        this.book = book;
        this.pauses = pauses;
        this.leavings = leavings;
        this.newsletters = newsletters;
        this.subscriptions = subscriptions;
        this.sittings = sittings;
        this.tokens = tokens;
    }

    @Override
    public boolean genuine(String token) {
        return tokens.subscriptionOf(token).isPresent();
    }

    @Override
    public Behind behind(String token) {
        Optional<UUID> subscription = tokens.subscriptionOf(token);
        if (subscription.isEmpty()) {
            return shows(Kind.FOREIGN);
        }
        Optional<Entry> entry = book.find(subscription.get());
        Optional<Subscriber> subscriber = entry.flatMap(e -> book.byId(e.subscriber()));
        if (entry.isEmpty() || subscriber.isEmpty()) {
            return shows(Kind.NOBODYS);
        }
        EmailAddress address = subscriber.get().address();
        if (address == null) {
            return shows(Kind.ERASED);
        }
        if (!isMailedTo(address, subscriber.get(), token)) {
            return shows(Kind.MOVED);
        }
        Optional<SubscriptionView> view = JdbcSubscriptions.view(newsletters, entry.get());
        return view.isEmpty()
                ? shows(Kind.NOBODYS)
                : new Behind(
                        Kind.OWN,
                        view,
                        mask(address.original()),
                        subscriber.get().account() != null,
                        book.mayBeUndone(entry.get()));
    }

    private static Behind shows(Kind kind) {
        return new Behind(kind, Optional.empty(), "", false);
    }

    private boolean isMailedTo(EmailAddress address, Subscriber subscriber, String token) {
        return tokens.isBoundTo(address, token) || (!subscriber.moved() && tokens.isUnbound(token));
    }

    @Override
    public Optional<String> mended(String damaged) {
        Optional<UUID> subscription = tokens.subscriptionOfDamaged(damaged);
        return subscription
                .flatMap(book::find)
                .flatMap(entry -> book.byId(entry.subscriber()))
                .flatMap(subscriber -> Optional.ofNullable(subscriber.address())
                        .map(address -> tokens.tokenFor(subscription.orElseThrow(), address))
                        // Who has moved gets no more than what went to the mailbox of today.
                        .filter(whole -> !subscriber.moved() || UnsubscribeTokens.mayHaveBeen(whole, damaged)));
    }

    @Override
    public boolean unsubscribe(String token, Means means) {
        Optional<UUID> subscription = tokens.subscriptionOf(token).or(() -> tokens.subscriptionOfDamaged(token));
        subscription.ifPresent(id -> book.end(id, means));
        return subscription.isPresent();
    }

    @Override
    public boolean undo(String token) {
        return own(token).filter(entry -> book.undo(entry.id())).isPresent();
    }

    @Override
    public void say(String token, LeavingReason reason) {
        own(token).ifPresent(entry -> leavings.count(entry.id(), entry.newsletter(), reason, book.now()));
    }

    @Override
    public void pause(String token, OffsetDateTime until) {
        JdbcSubscriptions.mustBeAhead(until, book.now());
        own(token).ifPresent(entry -> pauses.pause(entry.id(), until));
    }

    @Override
    public void resume(String token) {
        own(token).ifPresent(entry -> pauses.end(entry.id()));
    }

    /** Of one that was mailed to the reader's address of today. */
    private Optional<Entry> own(String token) {
        return behind(token).kind() == Kind.OWN ? tokens.subscriptionOf(token).flatMap(book::find) : Optional.empty();
    }

    @Override
    public void request(String token, String network) {
        Behind behind = behind(token);
        Optional<NewsletterId> newsletter =
                behind.subscription().map(s -> s.newsletter().id());
        newsletter.ifPresent(wanted -> subscriber(token).ifPresent(subscriber -> {
            EmailAddress address = subscriber.address();
            if (address != null) {
                subscriptions.request(Set.of(wanted), address, subscriber.language(), network);
            }
        }));
    }

    @Override
    public void requestEverything(String token, String network) {
        if (behind(token).kind() == Kind.OWN) {
            subscriber(token).ifPresent(subscriber -> {
                EmailAddress address = subscriber.address();
                if (address != null) {
                    sittings.request(address, subscriber.language(), network);
                }
            });
        }
    }

    private Optional<Subscriber> subscriber(String token) {
        return tokens.subscriptionOf(token).flatMap(book::find).flatMap(entry -> book.byId(entry.subscriber()));
    }

    /** The first character and the domain. */
    static String mask(String address) {
        int at = address.lastIndexOf('@');
        return at < 1 ? "…" : address.substring(0, address.offsetByCodePoints(0, 1)) + "…" + address.substring(at);
    }
}
