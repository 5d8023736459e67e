package org.tidings.mail.internal.replies;

import java.util.Optional;

/** What a reply or a report means for the address and for us. */
public record Verdict(Kind kind, Reason reason, Optional<EnhancedStatus> status) {

    /** What follows for the address. */
    public enum Kind {
        /** Nobody is there (B03): write no more. {@link Reason#UNROUTABLE} only when it came for two mails within thirty days. */
        HARD,
        /** Not this time (B04, B08); counts only when repeated. */
        SOFT,
        /** Our own doing or standing (B05): never touches the address. */
        OURS,
        /** Try again. */
        DEFERRED
    }
}
