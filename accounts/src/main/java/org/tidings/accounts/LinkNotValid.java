package org.tidings.accounts;

/** A link from a mail is unknown, truncated, expired, used, or meant for something else: one answer for all of them (SEC-07). */
public final class LinkNotValid extends RuntimeException {
    public LinkNotValid() {
        super("link not valid");
    }
}
