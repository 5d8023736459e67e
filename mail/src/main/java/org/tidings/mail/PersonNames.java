package org.tidings.mail;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidings.site.OddCharacter;

/**
 * What a mail may call a person. Mail programs make links of whatever looks like one, so that a name could carry a stranger's advert
 * under our signature; and characters that turn the direction of writing make a name read as something else.
 */
public final class PersonNames {

    /** Why a name cannot be used. */
    public enum Flaw {
        /** {@code https://…}, {@code www.…}, {@code host.example}, or a mail address. */
        LINK,
        /** Embeddings, overrides and isolates of the bidirectional algorithm, and its invisible marks. */
        DIRECTION
    }

    private static final Pattern SCHEME =
            Pattern.compile("://|:\\\\\\\\|\\b(?:https?|ftp|mailto|tel|sms|javascript|data):|\\bwww[.\\d]|@");
    private static final Pattern NUMBERS = Pattern.compile("\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b");
    private static final Pattern HOST = Pattern.compile(
            "(?<![\\p{L}\\p{N}.-])((?:[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?\\.)+)(xn--[a-z0-9-]+|[\\p{L}\\p{M}]{2,63})(?![\\p{L}\\p{N}-])([/:?#]?)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern INITIALS = Pattern.compile("(?:\\p{Lu}\\.)+");

    /** Written without a blank before the name: St.John, Dr.Weiß. */
    private static final Set<String> TITLES = Set.of(
            "st.", "dr.", "mr.", "mrs.", "ms.", "prof.", "ph.", "hr.", "fr.", "mag.", "dipl.", "ing.", "rev.", "sr.",
            "jr.", "ste.", "mme.", "sra.", "univ.", "med.", "phil.", "jur.", "nat.", "rer.", "pol.", "lic.", "hon.");

    /** Endings that make a host of initials and titles too, beside all of two letters. */
    private static final Set<String> ENDINGS = Set.of(
            "com", "net", "org", "info", "biz", "app", "dev", "xyz", "top", "shop", "online", "site", "club", "example",
            "test", "invalid");

    private PersonNames() {}

    /** @return empty where the name can be used; an empty name can */
    public static Optional<Flaw> flaw(String name) {
        if (name.codePoints().anyMatch(OddCharacter::turnsDirection)) {
            return Optional.of(Flaw.DIRECTION);
        }
        return looksLikeALink(name) ? Optional.of(Flaw.LINK) : Optional.empty();
    }

    private static boolean looksLikeALink(String name) {
        if (name.chars().noneMatch(c -> c == '.' || c == ':' || c == '@' || c > 0x7F)) {
            return false;
        }
        String plain = plain(name);
        if (SCHEME.matcher(plain.toLowerCase(Locale.ROOT)).find()
                || NUMBERS.matcher(plain).find()) {
            return true;
        }
        Matcher host = HOST.matcher(plain);
        while (host.find()) {
            if (!host.group(3).isEmpty() || !isWrittenName(host.group(1), host.group(2))) {
                return true;
            }
        }
        return false;
    }

    /** What mail programs see: without what is invisible, and with one sort of dots, slashes and letters. */
    private static String plain(String name) {
        StringBuilder seen = new StringBuilder(name.length());
        Normalizer.normalize(name, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .map(c -> c == 0x3002 || c == 0xFF61 || c == 0x2024 ? '.' : c)
                .forEach(seen::appendCodePoint);
        return seen.toString();
    }

    /** {@code J.R.R.Tolkien}, {@code St.John}: not a host, although there is no blank. */
    private static boolean isWrittenName(String before, String last) {
        String ending = last.toLowerCase(Locale.ROOT);
        boolean host = ending.length() == 2 || ENDINGS.contains(ending) || ending.startsWith("xn--");
        boolean name = INITIALS.matcher(before).matches() || TITLES.contains(before.toLowerCase(Locale.ROOT));
        return name && !host && Character.isUpperCase(last.codePointAt(0));
    }
}
