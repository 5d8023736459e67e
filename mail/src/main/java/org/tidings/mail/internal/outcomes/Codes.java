package org.tidings.mail.internal.outcomes;

import java.util.Optional;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.MessageClass;
import org.tidings.mail.SkipReason;

/** The small numbers of the tables. They are stored: never change one. */
public final class Codes {

    public static final int HANDED_OVER = 1;
    public static final int FAILED = 3;
    /** Plus the reason's own code. */
    public static final int SKIPPED = 10;
    /** Added to an outcome that was doubtful in between; in figures, the number of those. */
    public static final int WAS_DOUBTFUL = 100;

    /** States of retries and letters. */
    public static final int WAITING = 0;

    public static final int DEFERRED = 4;
    public static final int DOUBTFUL = 5;

    private Codes() {}

    public static int of(SkipReason reason) {
        return switch (reason) {
            case NOT_CONFIRMED -> 0;
            case UNSUBSCRIBED -> 1;
            case DEACTIVATED -> 2;
            case ERASED -> 3;
            case COMPLAINED -> 4;
            case HARD_BOUNCED -> 5;
            case CANCELLED -> 6;
            case EXPIRED -> 7;
            case ADDRESS_NOT_REACHABLE -> 8;
            case PAUSED -> 9;
        };
    }

    public static Optional<SkipReason> skipReason(int outcome) {
        for (SkipReason reason : SkipReason.values()) {
            if (outcome % WAS_DOUBTFUL == SKIPPED + of(reason)) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }

    public static int of(MessageClass lane) {
        return switch (lane) {
            case ACCOUNT -> 0;
            case SERVICE -> 1;
            case NEWSLETTER -> 2;
        };
    }

    public static MessageClass lane(int code) {
        return switch (code) {
            case 1 -> MessageClass.SERVICE;
            case 2 -> MessageClass.NEWSLETTER;
            default -> MessageClass.ACCOUNT;
        };
    }

    public static DeliveryState state(int code) {
        return switch (code % WAS_DOUBTFUL) {
            case HANDED_OVER -> DeliveryState.HANDED_OVER;
            case FAILED -> DeliveryState.FAILED;
            case WAITING -> DeliveryState.WAITING;
            case DEFERRED -> DeliveryState.DEFERRED;
            case DOUBTFUL -> DeliveryState.DOUBTFUL;
            default -> DeliveryState.SKIPPED;
        };
    }

    public static int of(Outcome outcome) {
        int code = switch (outcome.kind()) {
            case HANDED_OVER -> HANDED_OVER;
            case FAILED -> FAILED;
            case SKIPPED -> SKIPPED + of(skipReason(outcome));
            case DEFERRED -> DEFERRED;
            case DOUBTFUL -> DOUBTFUL;
            case PUT_BACK -> WAITING;
        };
        return outcome.kind().isFinal() && outcome.everDoubtful() ? code + WAS_DOUBTFUL : code;
    }

    private static SkipReason skipReason(Outcome outcome) {
        SkipReason reason = outcome.skipped();
        if (reason == null) {
            throw new IllegalStateException("skipped without a reason");
        }
        return reason;
    }
}
