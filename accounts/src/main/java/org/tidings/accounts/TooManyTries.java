package org.tidings.accounts;

import java.time.Duration;

/** A limit of SEC-21 is reached: for the address, known or not, for the network, for the browser, or for the site. */
public final class TooManyTries extends RuntimeException {

    private final transient Duration retryAfter;
    private final boolean onlyByMail;

    public TooManyTries(Duration retryAfter) {
        this(retryAfter, false);
    }

    public TooManyTries(Duration retryAfter, boolean onlyByMail) {
        super("too many tries");
        this.retryAfter = retryAfter;
        this.onlyByMail = onlyByMail;
    }

    /** At least a second. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** No wait worth the name helps, but a link by mail does at once. */
    public boolean onlyByMail() {
        return onlyByMail;
    }
}
