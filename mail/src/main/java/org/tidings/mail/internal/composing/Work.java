package org.tidings.mail.internal.composing;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MessageClass;
import org.tidings.mail.SkipReason;

/**
 * One mail that this process has reserved and that is not recorded yet: a letter, or one person of a mailing. Its life: claimed, taken
 * by one connection, begun, over; or given back before it is begun. What is known of the person's standing gets old within a second and
 * is read again.
 */
public abstract sealed class Work permits LetterWork, DeliveryWork {

    /** In the place of a mailing's number. */
    public static final int LETTERS = 0;

    private final UUID recipient;
    private final int attempts;
    private final boolean everDoubtful;
    private volatile long standingReadAt;
    private volatile Optional<SkipReason> whyNot = Optional.empty();
    private volatile boolean begun;
    private boolean taken;
    private Composing.@Nullable Composed prepared;
    private int brokenConnections;
    private String receiver = "";
    private long waitsSince;

    Work(UUID recipient, int attempts, boolean everDoubtful, long standingReadAt) {
        this.recipient = recipient;
        this.attempts = attempts;
        this.everDoubtful = everDoubtful;
        this.standingReadAt = standingReadAt;
    }

    /** What it was reserved with. */
    public abstract Claim claim();

    public abstract EmailAddress address();

    /** Of its mailing; {@value #LETTERS} for a letter. */
    public abstract int mailingNumber();

    public abstract MessageClass lane();

    /** The class of the mail itself. */
    public abstract MessageClass messageClass();

    /** From then on it is not sent (SND-07). */
    public abstract OffsetDateTime expiresAt();

    /** The claim that the journal has it under. */
    public abstract UUID journalClaim();

    public UUID recipient() {
        return recipient;
    }

    /** Tries before this one. */
    public int attempts() {
        return attempts;
    }

    public boolean everDoubtful() {
        return everDoubtful;
    }

    /** @param now as {@code Machine.nanos} */
    public boolean standingIsOlderThan(long nanos, long now) {
        return now - standingReadAt > nanos;
    }

    public Optional<SkipReason> whyNot() {
        return whyNot;
    }

    void decided(Optional<SkipReason> decision, long readAt) {
        whyNot = decision;
        standingReadAt = readAt;
    }

    /** Whether its content went out, or it is over without; its standing matters no more. */
    public boolean begun() {
        return begun;
    }

    public void begin() {
        begun = true;
    }

    public void notBegun() {
        begun = false;
    }

    /**
     * Composes ahead, unless somebody has taken it.
     *
     * @return the length, or 0
     */
    public synchronized int prepare(Composing composing) {
        if (taken || prepared != null) {
            return 0;
        }
        try {
            Composing.Composed made = composing.compose(this);
            prepared = made;
            return made.content().length;
        } catch (RuntimeException | StackOverflowError e) {
            return 0; // who takes it tries again and says why
        }
    }

    /** What was composed ahead, once; null if nothing was. From now on nothing is. */
    public synchronized Composing.@Nullable Composed takePrepared() {
        taken = true;
        Composing.Composed made = prepared;
        prepared = null;
        return made;
    }

    /** Who takes its mails, as limits go; empty without limits. {@code Dispatcher} knows. */
    public String receiver() {
        return receiver;
    }

    public void receiver(String name) {
        receiver = name;
    }

    /** Since when it waits for its receiver, as {@code Machine.nanos}. */
    public long waitsSince() {
        return waitsSince;
    }

    public void waitsSince(long nanos) {
        waitsSince = nanos;
    }

    /** Counts connections that ended before this mail's content; says how many. */
    public int connectionBroke() {
        return ++brokenConnections;
    }
}
