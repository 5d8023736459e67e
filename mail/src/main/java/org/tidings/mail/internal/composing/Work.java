package org.tidings.mail.internal.composing;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Addressee;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.mail.MessageClass;
import org.tidings.mail.SkipReason;

/**
 * One mail that this process has reserved and that is not recorded yet. Its life: claimed, taken by one connection, begun, over;
 * or given back before it is begun. What is known of the person's standing gets old within a second and is read again.
 */
public final class Work {

    /** What was reserved together, and is closed together. */
    public static final class Claim {
        private final UUID id;
        private final UUID node;
        private final @Nullable RunningMailing mailing;
        private final boolean retry;
        private final OffsetDateTime at;
        private final AtomicInteger unrecorded = new AtomicInteger();
        private volatile List<Work> works = List.of();
        private volatile boolean ofNothing;

        /** @param node who reserved it: only that node may send and record it */
        public Claim(UUID id, UUID node, @Nullable RunningMailing mailing, boolean retry, OffsetDateTime at) {
            this.id = id;
            this.node = node;
            this.mailing = mailing;
            this.retry = retry;
            this.at = at;
        }

        public void holds(List<Work> all) {
            works = List.copyOf(all);
            unrecorded.set(all.size());
        }

        public UUID id() {
            return id;
        }

        public UUID node() {
            return node;
        }

        /** Null for a claim of letters. */
        public @Nullable RunningMailing mailing() {
            return mailing;
        }

        public boolean retry() {
            return retry;
        }

        /** When it was made. */
        public OffsetDateTime at() {
            return at;
        }

        public List<Work> works() {
            return works;
        }

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

    /** A letter's own part. */
    public record LetterSource(
            MailKind kind, String realm, UUID person, EmailAddress address, OffsetDateTime expiresAt, byte[] source) {}

    private final Claim claim;
    private final UUID recipient;
    private final int attempts;
    private final boolean everDoubtful;
    private final OffsetDateTime dated;
    private final @Nullable LetterSource letter;
    private volatile @Nullable Addressee addressee;
    private volatile long standingReadAt;
    private volatile Optional<SkipReason> whyNot = Optional.empty();
    private volatile boolean begun;
    private boolean taken;
    private Composing.@Nullable Composed prepared;
    private int brokenConnections;
    private String receiver = "";
    private long waitsSince;

    private Work(
            Claim claim,
            UUID recipient,
            int attempts,
            boolean everDoubtful,
            @Nullable OffsetDateTime dated,
            @Nullable LetterSource letter,
            @Nullable Addressee addressee,
            long standingReadAt) {
        this.claim = claim;
        this.recipient = recipient;
        this.attempts = attempts;
        this.everDoubtful = everDoubtful;
        this.dated = dated == null ? claim.at() : dated;
        this.letter = letter;
        this.addressee = addressee;
        this.standingReadAt = standingReadAt;
    }

    public static Work delivery(Claim claim, Addressee addressee, int attempts, boolean everDoubtful, long readAt) {
        return new Work(claim, addressee.recipient(), attempts, everDoubtful, null, null, addressee, readAt);
    }

    /** @param dated when an earlier try was reserved; null where there was none */
    public static Work retry(
            Claim claim,
            Addressee addressee,
            int attempts,
            boolean everDoubtful,
            @Nullable OffsetDateTime dated,
            long readAt) {
        return new Work(claim, addressee.recipient(), attempts, everDoubtful, dated, null, addressee, readAt);
    }

    /** The letter's id takes the recipient's place. */
    public static Work letter(
            Claim claim, UUID id, LetterSource letter, int attempts, boolean everDoubtful, long readAt) {
        return new Work(claim, id, attempts, everDoubtful, null, letter, null, readAt);
    }

    public Claim claim() {
        return claim;
    }

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

    /** The Date of its mail (A02): when it was first reserved for a try, however often it is tried. */
    public OffsetDateTime dated() {
        return dated;
    }

    public @Nullable LetterSource letter() {
        return letter;
    }

    public @Nullable Addressee addressee() {
        return addressee;
    }

    public EmailAddress address() {
        LetterSource single = letter;
        Addressee one = addressee;
        if (single != null) {
            return single.address();
        }
        if (one != null) {
            return one.address();
        }
        throw new IllegalStateException("work without a recipient");
    }

    /** The lane. Every letter is somebody's own business and goes ahead of mailings. */
    public MessageClass lane() {
        RunningMailing mailing = claim.mailing();
        return mailing == null ? MessageClass.ACCOUNT : mailing.kind().messageClass();
    }

    /** From then on it is not sent (S07). */
    public OffsetDateTime expiresAt() {
        LetterSource single = letter;
        RunningMailing mailing = claim.mailing();
        if (single != null) {
            return single.expiresAt();
        }
        return mailing == null ? OffsetDateTime.MAX : mailing.expiresAt();
    }

    /** @param now as {@code Machine.nanos} */
    public boolean standingIsOlderThan(long nanos, long now) {
        return now - standingReadAt > nanos;
    }

    public Optional<SkipReason> whyNot() {
        return whyNot;
    }

    /** Says anew what was read in a transaction that began at {@code readAt}. */
    public void standing(@Nullable Addressee now, Optional<SkipReason> decision, long readAt) {
        if (now != null && !now.equals(addressee)) {
            addressee = now;
        }
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

    /** The class of the mail itself: a test of an issue is a newsletter, though it has account mail's lane. */
    public MessageClass messageClass() {
        LetterSource single = letter;
        return single == null ? lane() : single.kind().messageClass();
    }

    /** Counts connections that ended before this mail's content; says how many. */
    public int connectionBroke() {
        return ++brokenConnections;
    }
}
