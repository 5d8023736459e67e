package org.tidings.site;

/** A transaction could not be begun or committed: what was written in it is not there, as far as anybody knows. */
public final class TransactionFailed extends RuntimeException {

    private final boolean begun;

    private TransactionFailed(String what, Throwable cause, boolean begun) {
        super(what, cause);
        this.begun = begun;
    }

    /** No connection is to be had, or it is of no use: the database is away, closed or has no room. */
    public static TransactionFailed notBegun(Throwable cause) {
        return new TransactionFailed("no transaction can be begun", cause, false);
    }

    static TransactionFailed notCommitted(String what, Throwable cause) {
        return new TransactionFailed(what, cause, true);
    }

    /** Whether there was a transaction. */
    public boolean begun() {
        return begun;
    }
}
