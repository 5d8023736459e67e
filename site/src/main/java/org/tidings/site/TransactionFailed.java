package org.tidings.site;

/** A transaction could not be begun or committed: what was written in it is not there, as far as anybody knows. */
public final class TransactionFailed extends RuntimeException {

    TransactionFailed(String what, Throwable cause) {
        super(what, cause);
    }
}
