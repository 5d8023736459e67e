package org.tidings.mail.internal.composing;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** What was reserved together, and is closed together: letters, or people of one mailing. */
public abstract sealed class Claim permits LettersClaim, MailingClaim {

    private final UUID id;
    private final UUID node;
    private final OffsetDateTime at;
    private final AtomicInteger unrecorded = new AtomicInteger();
    private volatile boolean ofNothing;

    Claim(UUID id, UUID node, OffsetDateTime at) {
        this.id = id;
        this.node = node;
        this.at = at;
    }

    public UUID id() {
        return id;
    }

    /** Who reserved it: only that node may send and record it. */
    public UUID node() {
        return node;
    }

    /** When it was made. */
    public OffsetDateTime at() {
        return at;
    }

    public abstract List<? extends Work> works();

    /** Its mailing was lost by the database: nothing of it is sent or recorded. */
    public boolean isOfNothing() {
        return ofNothing;
    }

    public void becomesVoid() {
        ofNothing = true;
    }

    public AtomicInteger unrecorded() {
        return unrecorded;
    }
}
