package org.tidings.accounts;

/** Staff must say why (3 to 200 characters, no control characters). */
public final class ReasonMissing extends RuntimeException {
    public ReasonMissing() {
        super("reason missing");
    }
}
