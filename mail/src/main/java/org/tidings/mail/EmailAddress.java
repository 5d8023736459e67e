package org.tidings.mail;

import java.util.Optional;

/**
 * A mail address.
 *
 * @param original as typed, trimmed, NFC; used for delivery
 * @param canonical trimmed, NFC, domain to A-label in lower case, local part in lower case; the unique key
 */
public record EmailAddress(String original, String canonical) {

    /**
     * Reads an address as it must be, as programs send it.
     *
     * @throws EmailAddressRejected naming the reason, never the value
     */
    public static EmailAddress parse(String typed) {
        try {
            return AddressSyntax.parse(typed);
        } catch (EmailAddressRejected e) {
            throw new EmailAddressRejected(e.reason(), UnfitCharacter.in(typed));
        }
    }

    /**
     * Reads what a person typed or pasted: without what came along with the address, such as invisible characters, blanks, brackets,
     * quotation marks, a full stop, {@code mailto:} or her name.
     *
     * @throws EmailAddressRejected naming the reason, and the character of the address that cannot be in one
     */
    public static EmailAddress pasted(String typed) {
        return parse(cleaned(typed));
    }

    /** What was typed or pasted without what came along with the address; also for a part of one, to search by. */
    public static String cleaned(String typed) {
        return PastedAddress.cleaned(typed);
    }

    /**
     * The address that was probably meant, where the domain is that of a large mailbox provider but for a slip of the finger:
     * {@code gmial.com}, {@code web.ed}, {@code example.con}. Only for a question to the person: the address may be right.
     *
     * @param typed as typed or pasted, even if it is no address
     */
    public static Optional<EmailAddress> likelyMeant(String typed) {
        return MistypedDomain.meant(cleaned(typed));
    }

    /** For who knows the address anyway and need not see all of it: {@code ve…@example.com}. */
    public String masked() {
        int at = original.lastIndexOf('@');
        int shown = original.codePointCount(0, at) > 2 ? 2 : 1;
        return original.substring(0, original.offsetByCodePoints(0, shown)) + "…" + original.substring(at);
    }

    /** The first letter before the {@code @} that not every mail server carries (RFC 6531): not ASCII; empty for most addresses. */
    public String unusual() {
        return canonical
                .codePoints()
                .filter(c -> c >= 0x80)
                .mapToObj(Character::toString)
                .findFirst()
                .orElse("");
    }

    @Override
    public String toString() {
        return "EmailAddress[…]";
    }
}
