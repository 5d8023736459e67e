package org.tidings.mail;

/**
 * A mail address.
 *
 * @param original as typed, trimmed, NFC; used for delivery
 * @param canonical trimmed, NFC, domain to A-label in lower case, local part in lower case; the unique key
 */
public record EmailAddress(String original, String canonical) {

    /**
     * Reads what a person typed.
     *
     * @throws EmailAddressRejected naming the reason, never the value
     */
    public static EmailAddress parse(String typed) {
        return AddressSyntax.parse(typed);
    }

    @Override
    public String toString() {
        return "EmailAddress[…]";
    }
}
