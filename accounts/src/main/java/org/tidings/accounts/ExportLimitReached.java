package org.tidings.accounts;

/** More than four downloads of one account within 24 hours. */
public final class ExportLimitReached extends RuntimeException {
    public ExportLimitReached() {
        super("export limit reached");
    }
}
