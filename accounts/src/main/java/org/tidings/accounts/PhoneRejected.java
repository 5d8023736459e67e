package org.tidings.accounts;

/** Calls are wished, but the number is missing or holds other than digits, spaces and {@code + - / ( ) .} (4 to 40 characters). */
public final class PhoneRejected extends RuntimeException {
    public PhoneRejected() {
        super("phone rejected");
    }
}
