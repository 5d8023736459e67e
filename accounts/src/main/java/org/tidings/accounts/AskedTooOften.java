package org.tidings.accounts;

import java.time.Duration;

/** So many mails were asked for from one network that it has to wait. Says nothing about the address that was typed. */
public final class AskedTooOften extends RuntimeException {

    private final transient Duration retryAfter;

    public AskedTooOften(Duration retryAfter) {
        super("asked too often");
        this.retryAfter = retryAfter;
    }

    /** At least a second. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
