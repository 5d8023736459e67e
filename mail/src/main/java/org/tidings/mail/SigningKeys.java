package org.tidings.mail;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The keys by which mail is signed (DKIM), and the domains it is sent from.
 *
 * <p>A key's life: made; its record is published by whoever keeps the domain; seen in DNS; activated, and from then on it signs in
 * the place of the one before; retired, its record still needed for mails on their way; removed. A key whose record was never seen
 * does not sign (SIG-09). One that was seen goes on signing while DNS is silent or has lost the record, since an unsigned mail is no
 * better; when the record says that the key is revoked, it stops.
 *
 * <p>Calls that ask DNS take seconds and must not be made within a transaction.
 */
public interface SigningKeys {

    /** What a key signs with. */
    enum Algorithm {
        RSA,
        ED25519
    }

    /** Where a key is in its life. */
    enum State {
        /** Its record was never seen in DNS. */
        UNPUBLISHED,
        /** Seen, and not yet activated. */
        READY,
        SIGNING,
        RETIRED
    }

    /** What DNS said about a key's record when it was asked last. */
    enum Found {
        NOT_ASKED,
        PUBLISHED,
        MISSING,
        /** A record without a key. */
        REVOKED,
        /** Another key stands there. */
        DIFFERENT,
        /** Something stands there that is no key record, or more than one record. */
        MALFORMED,
        /** DNS did not answer. */
        NO_ANSWER
    }

    /**
     * A key, without its secret.
     *
     * @param domain the value of {@code d=}
     * @param readable false when it cannot be opened with the site's secret: it was sealed by another one
     * @param seenAt when its record was last seen as it should be
     * @param recordNeededUntil of a retired key: mails signed by it may be on their way until then
     * @param recordFree whether that is past: the record may be replaced by {@link #revokedRecord}
     * @param due whether it has signed for longer than half a year
     * @param recordName for example {@code 2026h2r._domainkey.example.com}
     * @param recordStrings the TXT record's text in strings of at most 255 octets
     * @param zoneLine the record as a line of a zone file
     * @param revokedRecord the text that takes the key back
     */
    record SigningKey(
            UUID id,
            String domain,
            String selector,
            Algorithm algorithm,
            State state,
            boolean readable,
            Found found,
            Optional<OffsetDateTime> askedAt,
            Optional<OffsetDateTime> seenAt,
            OffsetDateTime createdAt,
            Optional<OffsetDateTime> signsSince,
            Optional<OffsetDateTime> retiredAt,
            Optional<OffsetDateTime> recordNeededUntil,
            boolean recordFree,
            boolean due,
            String recordName,
            String recordValue,
            List<String> recordStrings,
            String zoneLine,
            String revokedRecord) {

        /** Whether receivers cannot check what it signs, as far as we know. */
        public boolean alarming() {
            boolean lost = found == Found.MISSING
                    || found == Found.REVOKED
                    || found == Found.DIFFERENT
                    || found == Found.MALFORMED;
            return state == State.SIGNING && (lost || !readable);
        }
    }

    /**
     * A domain that mail is sent from, or returned to.
     *
     * @param classes whose From addresses are at it
     * @param takesBounces whether envelope senders are at it
     * @param signingDomains for which keys can be made: itself and the domains above it, of two labels at least
     * @param signed whether mails from it leave signed now
     * @param keys of these signing domains, the newest first, removed ones left out
     */
    record SenderDomain(
            String domain,
            Set<MessageClass> classes,
            boolean takesBounces,
            List<String> signingDomains,
            boolean signed,
            List<SigningKey> keys) {}

    /** In the order of the alphabet. */
    List<SenderDomain> senderDomains();

    /**
     * Makes a key. It signs nothing yet.
     *
     * @param domain one of the {@link SenderDomain#signingDomains}
     * @throws NotASigningDomain if it is none
     * @throws TooManySigningKeys beyond ten unremoved keys of one domain
     */
    SigningKey generate(String domain, Algorithm algorithm);

    /** Asks DNS for a key's record, and remembers the answer. */
    SigningKey check(UUID key);

    /**
     * Lets a key sign from now on; the one before it, of the same domain and algorithm, retires. Asks DNS first.
     *
     * @throws SigningKeyNotPublished if its record is not there
     */
    SigningKey activate(UUID key);

    /** Ends a key's signing, without another taking its place. Does nothing if it is retired. */
    SigningKey retire(UUID key);

    /**
     * Destroys a key that does not sign. Its selector is not used again.
     *
     * @throws SigningKeyInUse if it signs, or its record is still needed
     */
    void remove(UUID key);

    /** What makes RSA signatures on this server: {@code JDK} or the Corretto provider. */
    String rsaProvider();

    /** No mail is sent from that domain. */
    final class NotASigningDomain extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public NotASigningDomain() {
            super("no mail is sent from that domain");
        }
    }

    /** A domain has as many keys as it may. */
    final class TooManySigningKeys extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public TooManySigningKeys() {
            super("remove a key first");
        }
    }

    /** Its record was not found in DNS. */
    final class SigningKeyNotPublished extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Found found;

        public SigningKeyNotPublished(Found found) {
            super("the key's record is not in DNS: " + found);
            this.found = found;
        }

        public Found found() {
            return found;
        }
    }

    /** It signs, or mails signed by it may still be on their way. */
    final class SigningKeyInUse extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public SigningKeyInUse() {
            super("the key is in use");
        }
    }

    /** There is no such key, or it was removed. */
    final class SigningKeyUnknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public SigningKeyUnknown() {
            super("no such key");
        }
    }
}
