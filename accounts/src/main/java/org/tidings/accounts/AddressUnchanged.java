package org.tidings.accounts;

/** The new address is the present one, and no mail to it came back: there is nothing to change and nothing to prove. */
public final class AddressUnchanged extends RuntimeException {

    public AddressUnchanged() {
        super("address unchanged");
    }
}
