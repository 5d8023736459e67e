package org.tidings.accounts;

/** More passwords wait to be checked than the machine can check soon (SEC-19); answer 503 and ask to try again. */
public final class HashingBusy extends RuntimeException {
    public HashingBusy() {
        super("too many password checks at once");
    }
}
