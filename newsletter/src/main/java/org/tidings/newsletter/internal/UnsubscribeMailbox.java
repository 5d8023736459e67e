package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.IncomingMail;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.Preferences;

/**
 * Leaving by mail: {@code unsub+TOKEN@…} of the List-Unsubscribe header (NWS-01, RFC 2369). Whatever the mail says, writing to that address
 * ends the one subscription (NWS-06); an address without a genuine token is not taken.
 */
@ApplicationScoped
class UnsubscribeMailbox implements IncomingMail {

    private static final Pattern LINK = Pattern.compile("/u/([A-Za-z0-9_-]{43})>");

    private final Preferences preferences;
    private final SubscriptionBook book;
    private final UnsubscribeTokens tokens;
    private final Settings settings;

    @SuppressWarnings("NullAway") // for the container's proxy
    UnsubscribeMailbox() {
        this(null, null, null, null);
    }

    @Inject
    UnsubscribeMailbox(Preferences preferences, SubscriptionBook book, UnsubscribeTokens tokens, Settings settings) {
        this.preferences = preferences;
        this.book = book;
        this.tokens = tokens;
        this.settings = settings;
    }

    @Override
    public boolean takes(String address) {
        return token(address).filter(this::leads).isPresent();
    }

    @Override
    public void came(String address) {
        token(address).ifPresent(token -> preferences.unsubscribe(token, Means.MAILTO));
    }

    /** Mail servers write local parts in small letters: capitals are found again. */
    private boolean leads(String token) {
        return preferences.genuine(token) || tokens.subscriptionOfDamaged(token).isPresent();
    }

    /** The token is between the plus and the at. */
    private Optional<String> token(String address) {
        return settings.unsubscribeMailbox().flatMap(mailbox -> {
            int at = mailbox.lastIndexOf('@');
            String before = mailbox.substring(0, at).toLowerCase(Locale.ROOT) + "+";
            String after = mailbox.substring(at).toLowerCase(Locale.ROOT);
            String lower = address.toLowerCase(Locale.ROOT);
            return lower.startsWith(before)
                            && lower.endsWith(after)
                            && address.length() > before.length() + after.length()
                    ? Optional.of(address.substring(before.length(), address.length() - after.length()))
                    : Optional.empty();
        });
    }

    @Override
    public Optional<EmailAddress> whoseUnsubscribeField(String field) {
        Matcher link = LINK.matcher(field);
        if (!link.find()) {
            return Optional.empty();
        }
        Optional<UUID> subscription = tokens.subscriptionOf(link.group(1));
        return subscription
                .flatMap(book::find)
                .flatMap(entry -> book.byId(entry.subscriber()))
                .flatMap(subscriber -> Optional.ofNullable(subscriber.address()));
    }
}
