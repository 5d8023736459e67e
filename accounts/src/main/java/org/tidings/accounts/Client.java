package org.tidings.accounts;

/**
 * Where a request comes from; used for limits and for the holder's list of sessions, never stored as it is.
 *
 * @param address IP address as text, IPv4 or IPv6; empty if unknown
 * @param userAgent the header's value; empty if absent
 * @param known what the browser was given to be known by, {@link SignIn.SignedIn#known}; empty if it has nothing
 */
public record Client(String address, String userAgent, String known) {

    /** A browser that was never seen. */
    public Client(String address, String userAgent) {
        this(address, userAgent, "");
    }
}
