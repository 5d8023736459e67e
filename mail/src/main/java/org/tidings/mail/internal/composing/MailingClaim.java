package org.tidings.mail.internal.composing;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** People of one mailing who were reserved together: the next of its audience, or some whose turn it is again. */
public final class MailingClaim extends Claim {

    private final RunningMailing mailing;
    private final boolean retry;
    private volatile List<DeliveryWork> works = List.of();

    public MailingClaim(UUID id, UUID node, RunningMailing mailing, boolean retry, OffsetDateTime at) {
        super(id, node, at);
        this.mailing = mailing;
        this.retry = retry;
    }

    public void holds(List<DeliveryWork> all) {
        works = List.copyOf(all);
        unrecorded().set(all.size());
    }

    public RunningMailing mailing() {
        return mailing;
    }

    /** Whether each of them has a row that waits already. */
    public boolean retry() {
        return retry;
    }

    @Override
    public List<DeliveryWork> works() {
        return works;
    }
}
