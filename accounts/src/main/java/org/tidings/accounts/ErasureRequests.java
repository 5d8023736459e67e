package org.tidings.accounts;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Erasures that staff or their programs ask for. None is done at once: the person is told by mail, it takes effect after {@code
 * tidings.accounts.erasure.delay}, and until then she, and whoever works as privacy officer or administrator, can stop it. More than {@code
 * tidings.accounts.erasure.per-day} of them need a second officer each.
 */
public interface ErasureRequests {

    /** How far it is. */
    enum State {
        /** There were many that day: a second officer has to confirm it. */
        UNCONFIRMED,
        /** The person works here: it waits until an administrator has taken her roles. */
        WORKS_HERE,
        WAITING,
        STOPPED,
        DONE
    }

    /**
     * One of them.
     *
     * @param askedBy staff; for a program the holder of its token
     * @param reason empty once it has ended
     * @param takesEffectAt not before then
     * @param endedAt when it was stopped or done
     */
    record ErasureRequest(
            UUID id,
            AccountId account,
            AccountId askedBy,
            String reason,
            OffsetDateTime askedAt,
            OffsetDateTime takesEffectAt,
            State state,
            Optional<OffsetDateTime> endedAt) {

        /** It has neither been stopped nor done. */
        public boolean open() {
            return endedAt.isEmpty();
        }
    }

    /**
     * Asks on the person's request, and tells her at once. One that is open for the same account is given back as it is.
     *
     * @throws ReasonMissing when no reason is given
     * @throws AccountNotFound when there is none
     * @throws StaffMustLeaveFirst when it is somebody who works here
     */
    ErasureRequest ask(AccountId officer, AccountId account, String reason);

    /** What is open, the first to take effect first, at most 500. */
    List<ErasureRequest> open();

    /** The newest that was asked for this account; those that ended are known for 30 days. */
    Optional<ErasureRequest> newestOf(AccountId account);

    /**
     * A second officer agrees; does nothing where none is needed, or when it has ended.
     *
     * @throws SecondPersonNeeded when it is the one who asked
     */
    void confirm(AccountId officer, UUID request);

    /** Stops it, and tells the person; does nothing when it has ended. */
    void stop(AccountId by, UUID request);

    /**
     * What the link in the person's mail is about.
     *
     * @throws LinkNotValid when the link is unknown, or the erasure has ended
     */
    ErasureRequest find(String token);

    /**
     * The person stops it.
     *
     * @throws LinkNotValid when the link is unknown, or the erasure has ended
     */
    void stop(String token);
}
