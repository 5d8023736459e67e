package org.tidings.mail;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Addresses that are not to be written to because of what came back from them. Kept by {@link AddressHash}, so that they survive an
 * erasure and an import of the same address. All calls join the caller's transaction.
 */
public interface SuppressedAddresses {

    /** What stands against writing to an address. */
    enum Reason {
        /** Nobody is there: nothing is sent but a link that the person asked for, once a day, which proves the mailbox. */
        HARD_BOUNCED,
        /** Called a mail unwanted: no newsletters, no ordinary announcements. */
        COMPLAINED
    }

    /**
     * One reason against one address.
     *
     * @param detail what came back, without the address
     */
    record Suppressed(UUID addressHash, Reason reason, OffsetDateTime since, String detail) {}

    UUID hashOf(EmailAddress address);

    /** What stands against an address, oldest first. */
    List<Suppressed> about(UUID addressHash);

    /** The same for many at once; an address against which nothing stands is missing. */
    Map<UUID, List<Suppressed>> about(Collection<UUID> addressHashes);

    /**
     * What another system knew before the address came here: bounces, complaints, blocks. Not where staff or the person have lifted that
     * reason since, and nothing where it stands already. The {@code detail} is a word in capitals, of which there is a text.
     *
     * @return those that were taken over
     */
    List<Suppressed> takeOver(List<Suppressed> known);

    /** The same was a mistake: it is as if these had never been taken over, so that they can come again. */
    void takeBack(List<Suppressed> takenOver);

    /** The newest first; at most {@code limit}. */
    List<Suppressed> newest(Optional<Reason> reason, int limit);

    Map<Reason, Long> count();

    /**
     * Staff allow writing to the address again.
     *
     * @return whether the reason stood
     */
    boolean lift(UUID addressHash, Reason reason);

    /** The person proved the mailbox by a link: {@link Reason#HARD_BOUNCED} is over. A complaint stands. */
    void mailboxProved(EmailAddress address);

    /** The person asked anew and confirmed it by mail (double opt-in): nothing stands against the address any more. */
    void consentedAnew(EmailAddress address);

    /** The person is erased: mails that came back and speak of the address are emptied. That it is suppressed stays, by hash. */
    void forget(EmailAddress address);
}
