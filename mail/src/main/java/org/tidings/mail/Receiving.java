package org.tidings.mail;

import java.util.Optional;

/** Which mail can come in, as configured: an address that nothing is received for must not be offered to anybody. */
public interface Receiving {

    /**
     * Whether mail to the address is received: by the listener, if it is on and the address is of the bounce domain, or by the mailbox
     * that is fetched from, which is taken to get whatever the operator says it gets.
     */
    boolean receives(String address);

    /** The bounce domain, if the listener is on and takes every address of it that is ours. */
    Optional<String> ownDomain();
}
