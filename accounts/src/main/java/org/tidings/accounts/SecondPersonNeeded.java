package org.tidings.accounts;

/** Whoever asked cannot be the one who agrees. */
public final class SecondPersonNeeded extends RuntimeException {
    public SecondPersonNeeded() {
        super("second person needed");
    }
}
