package org.tidings.mail;

import com.ibm.icu.text.IDNA;
import com.sanctionco.jmail.JMail;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import org.tidings.mail.EmailAddressRejected.Reason;
import org.tidings.site.OddCharacter;

/** RFC 5321 mailboxes without quoted strings, comments, groups and address literals; UTF-8 after RFC 6531. */
final class AddressSyntax {

    private static final int MAX_LENGTH = 254;
    private static final int MAX_LOCAL_OCTETS = 64;
    private static final IDNA IDNA_2008 = IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ | IDNA.USE_STD3_RULES);

    private AddressSyntax() {}

    static EmailAddress parse(String typed) {
        require(typed.codePoints().noneMatch(Character::isISOControl), Reason.CONTROL_CHARACTER);
        String original = Normalizer.normalize(typed.strip(), Normalizer.Form.NFC);
        require(!original.isEmpty(), Reason.EMPTY);
        require(original.codePointCount(0, original.length()) <= MAX_LENGTH, Reason.TOO_LONG);
        int at = original.lastIndexOf('@');
        require(at > 0 && at < original.length() - 1, Reason.SYNTAX);
        String local = original.substring(0, at);
        require(local.getBytes(StandardCharsets.UTF_8).length <= MAX_LOCAL_OCTETS, Reason.TOO_LONG);
        require(local.indexOf('"') < 0 && local.indexOf('(') < 0 && local.indexOf('@') < 0, Reason.SYNTAX);
        String domain = asciiDomain(original.substring(at + 1));
        // JMail judges the ASCII form; letters beyond ASCII in the local part are RFC 6531's and judged as an ASCII
        // letter.
        // It refuses a top level of digits, which RFC 5321 allows and whose existence is for the DNS to tell.
        String ascii = local.replaceAll("[^\\x00-\\x7F]", "x") + "@" + domain.replaceFirst("\\.(\\d+)$", ".x$1");
        require(
                JMail.strictValidator()
                        .disallowIpDomain()
                        .disallowQuotedIdentifiers()
                        .isValid(ascii),
                Reason.SYNTAX);
        require(OddCharacter.inLine(local).isEmpty(), Reason.SYNTAX);
        require(
                local.codePoints()
                        .noneMatch(c -> Character.isWhitespace(c)
                                || Character.isSpaceChar(c)
                                || Character.getType(c) == Character.FORMAT
                                || Character.getType(c) == Character.UNASSIGNED),
                Reason.SYNTAX);
        require(local.length() + 1 + domain.length() <= MAX_LENGTH, Reason.TOO_LONG);
        return new EmailAddress(original, local.toLowerCase(Locale.ROOT) + "@" + domain);
    }

    private static String asciiDomain(String domain) {
        IDNA.Info info = new IDNA.Info();
        String ascii = IDNA_2008
                .nameToASCII(domain, new StringBuilder(), info)
                .toString()
                .toLowerCase(Locale.ROOT);
        require(!info.hasErrors() && ascii.indexOf('.') > 0 && !ascii.endsWith("."), Reason.DOMAIN);
        return ascii;
    }

    private static void require(boolean holds, Reason otherwise) {
        if (!holds) {
            throw new EmailAddressRejected(otherwise);
        }
    }
}
