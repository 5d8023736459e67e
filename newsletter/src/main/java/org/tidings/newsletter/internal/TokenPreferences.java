package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tidings.accounts.Erasures;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Outbox;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.Preferences;
import org.tidings.newsletter.Readers;
import org.tidings.newsletter.SubscriptionState;
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
    private final Newsletters newsletters;
    private final Subscriptions subscriptions;
    private final UnsubscribeTokens tokens;
    private final Outbox outbox;
    private final SuppressedAddresses suppressed;
    private final Erasures erasures;

    @SuppressWarnings("NullAway") // for the container's proxy
    TokenPreferences() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    TokenPreferences(
            SubscriptionBook book,
            Newsletters newsletters,
            Subscriptions subscriptions,
            UnsubscribeTokens tokens,
            Outbox outbox,
            SuppressedAddresses suppressed,
            Erasures erasures) {
        this.book = book;
        this.newsletters = newsletters;
        this.subscriptions = subscriptions;
        this.tokens = tokens;
        this.outbox = outbox;
        this.suppressed = suppressed;
        this.erasures = erasures;
    }

    @Override
    public boolean genuine(String token) {
        return tokens.subscriptionOf(token).isPresent();
    }

    @Override
    public Optional<SubscriptionView> subscription(String token) {
        return entry(token).flatMap(entry -> JdbcSubscriptions.view(newsletters, entry));
    }

    @Override
    public boolean unsubscribe(String token, Means means) {
        Optional<UUID> subscription = tokens.subscriptionOf(token);
        subscription.ifPresent(id -> book.end(id, means));
        return subscription.isPresent();
    }

    @Override
    public boolean unsubscribeAll(String token, Means means) {
        Optional<UUID> subscription = tokens.subscriptionOf(token);
        subscription.flatMap(book::find).ifPresent(entry -> book.endAll(entry.subscriber(), means));
        return subscription.isPresent();
    }

    @Override
    public Optional<Sheet> sheet(String token) {
        return subscriber(token).map(subscriber -> {
            Map<UUID, Entry> entries =
                    book.of(subscriber.id()).stream().collect(Collectors.toMap(Entry::newsletter, Function.identity()));
            List<Choice> choices = new ArrayList<>();
            for (NewsletterView newsletter : newsletters.all()) {
                Optional<SubscriptionState> state = Optional.ofNullable(
                                entries.get(newsletter.id().value()))
                        .map(Entry::state);
                // A closed newsletter can still be left, not joined.
                if (newsletter.offered()
                        || state.filter(s -> s != SubscriptionState.UNSUBSCRIBED)
                                .isPresent()) {
                    choices.add(new Choice(newsletter, state));
                }
            }
            EmailAddress address = subscriber.address();
            return new Sheet(
                    address == null ? "" : mask(address.original()),
                    subscriber.account() != null,
                    subscriber.zone().isPresent(),
                    choices);
        });
    }

    @Override
    public void unsubscribe(String token, NewsletterId newsletter) {
        entry(token)
                .flatMap(entry -> book.find(entry.subscriber(), newsletter.value()))
                .ifPresent(entry -> book.end(entry.id(), Means.PREFERENCES));
    }

    @Override
    public void request(String token, NewsletterId newsletter) {
        subscriber(token).ifPresent(subscriber -> {
            EmailAddress address = subscriber.address();
            if (address != null) {
                subscriptions.request(Set.of(newsletter), address, subscriber.language(), "");
            }
        });
    }

    @Override
    public boolean liveIn(String token, Optional<ZoneId> zone) {
        Optional<Subscriber> visitor = subscriber(token).filter(s -> s.account() == null);
        visitor.ifPresent(s -> book.liveIn(s.id(), zone));
        return visitor.isPresent();
    }

    @Override
    public boolean erase(String token) {
        Optional<Subscriber> subscriber = subscriber(token);
        if (subscriber.filter(s -> s.account() != null).isPresent()) {
            return false;
        }
        subscriber.ifPresent(s -> {
            EmailAddress address = s.address();
            if (address != null) {
                book.rememberErased(address);
                erasures.visitorErased(address);
                suppressed.forget(address);
            }
            book.erase(s);
            outbox.forget(Readers.REALM, s.id());
        });
        return true;
    }

    private Optional<Entry> entry(String token) {
        return tokens.subscriptionOf(token).flatMap(book::find);
    }

    private Optional<Subscriber> subscriber(String token) {
        return entry(token)
                .flatMap(entry -> book.byId(entry.subscriber()))
                .filter(subscriber -> subscriber.address() != null);
    }

    /** The first character and the domain. */
    static String mask(String address) {
        int at = address.lastIndexOf('@');
        return at < 1 ? "…" : address.substring(0, address.offsetByCodePoints(0, 1)) + "…" + address.substring(at);
    }
}
