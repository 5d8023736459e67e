package org.tidings.accounts;

import java.time.Duration;

/** A limit of S21 is reached: for the address, known or not, for the network, or for the site. */
public final class TooManyTries extends RuntimeException {
    private final transient Duration retryAfter;

    public TooManyTries(Duration retryAfter) {
        super("too many tries");
        this.retryAfter = retryAfter;
    }

    /** At least a second. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
