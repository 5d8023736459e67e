package org.tidings.mail.internal.composing;

/**
 * Who a mail is from and to on its way.
 *
 * @param sender MAIL FROM without angle brackets
 * @param recipient RCPT TO without angle brackets, the domain in A-labels
 * @param envelopeId for delivery reports (RFC 3461), ASCII
 */
public record Envelope(String sender, String recipient, String envelopeId) {

    /** Whether RFC 6531 is needed to carry the address. */
    public boolean needsUtf8() {
        return recipient.chars().anyMatch(c -> c >= 0x80);
    }
}
