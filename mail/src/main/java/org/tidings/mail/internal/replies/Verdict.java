package org.tidings.mail.internal.replies;

import java.util.Optional;

/** What a reply or a report means for the address and for us. */
public record Verdict(Kind kind, Reason reason, Optional<EnhancedStatus> status) {

    /** What follows for the address. */
    public enum Kind {
        /** Nobody is there (BNC-03): write no more. {@link Reason#UNROUTABLE} only when it came for two mails within thirty days. */
        HARD,
        /** Not this time (BNC-04, BNC-08); counts only when repeated. */
        SOFT,
        /** Our own doing or standing (BNC-05): never touches the address. */
        OURS,
        /** Try again. */
        DEFERRED
    }
}
