package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.tidings.accounts.AccountId;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.SiteSecret;
import org.tidings.site.Network;
import org.tidings.site.Secrets;

/** HMAC-SHA-256 under keys that are not in the database, so that what is counted by address or network names neither. */
@ApplicationScoped
class KeyedHashes {

    @Inject
    SiteSecret secret;

    /** For the erasure ledger. */
    String ofErased(EmailAddress address) {
        return hmac("erasure", address.canonical());
    }

    /** For the erasure ledger. */
    String ofErased(AccountId account) {
        return hmac("erasure", "account " + account.value());
    }

    /** For the ledger of deactivations. */
    String ofClosed(AccountId account) {
        return hmac("closing", "account " + account.value());
    }

    /** For limits. */
    String ofLimited(EmailAddress address) {
        return hmac("limits", "address " + address.canonical());
    }

    /** For limits of what a mailbox gets: of {@code ann+news@} the same as of {@code ann@}, since both are read by one person. */
    String ofMailbox(EmailAddress address) {
        return hmac("limits", "mailbox " + withoutTag(address.canonical()));
    }

    private static String withoutTag(String canonical) {
        int at = canonical.lastIndexOf('@');
        int plus = canonical.indexOf('+');
        return plus > 0 && plus < at ? canonical.substring(0, plus) + canonical.substring(at) : canonical;
    }

    /** For limits by network: /24 of IPv4, /56 of IPv6. */
    String ofNetwork(String clientAddress) {
        return hmac("limits", "network " + Network.ofCustomer(clientAddress));
    }

    private String hmac(String purpose, String text) {
        return Secrets.keyedHash(secret.keyFor(purpose), text);
    }
}
