package org.tidings.mail.internal.composing;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Addressee;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MessageClass;
import org.tidings.mail.SkipReason;

/** One person of a mailing who was reserved. */
public final class DeliveryWork extends Work {

    private final MailingClaim claim;
    private final OffsetDateTime dated;
    private volatile Addressee addressee;

    /** @param dated when an earlier try was reserved; null where there was none */
    public DeliveryWork(
            MailingClaim claim,
            Addressee addressee,
            int attempts,
            boolean everDoubtful,
            @Nullable OffsetDateTime dated,
            long standingReadAt) {
        super(addressee.recipient(), attempts, everDoubtful, standingReadAt);
        this.claim = claim;
        this.dated = dated == null ? claim.at() : dated;
        this.addressee = addressee;
    }

    /** Reserved for the first time. */
    public static DeliveryWork first(MailingClaim claim, Addressee addressee, long standingReadAt) {
        return new DeliveryWork(claim, addressee, 0, false, null, standingReadAt);
    }

    @Override
    public MailingClaim claim() {
        return claim;
    }

    public RunningMailing mailing() {
        return claim.mailing();
    }

    public Addressee addressee() {
        return addressee;
    }

    /** The Date of its mail (MSG-02): when it was first reserved for a try, however often it is tried. */
    public OffsetDateTime dated() {
        return dated;
    }

    @Override
    public EmailAddress address() {
        return addressee.address();
    }

    @Override
    public int mailingNumber() {
        return mailing().number();
    }

    @Override
    public MessageClass lane() {
        return mailing().kind().messageClass();
    }

    @Override
    public MessageClass messageClass() {
        return lane();
    }

    @Override
    public OffsetDateTime expiresAt() {
        return mailing().expiresAt();
    }

    @Override
    public UUID journalClaim() {
        return claim.id();
    }

    /**
     * Says anew what was read in a transaction that began at {@code readAt}.
     *
     * @param now null when nobody knows her any more
     */
    public void standing(@Nullable Addressee now, Optional<SkipReason> decision, long readAt) {
        if (now != null && !now.equals(addressee)) {
            addressee = now;
        }
        decided(decision, readAt);
    }
}
