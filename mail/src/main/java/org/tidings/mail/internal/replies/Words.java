package org.tidings.mail.internal.replies;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text made plain for looking up phrases: lower case, no accents, single spaces; at most {@value #CHARS_AT_MOST} characters. */
public final class Words {
    static final int CHARS_AT_MOST = 16_384;

    private static final Pattern MARKS = Pattern.compile("\\p{M}");
    private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0]+");
    /** Replies over several lines repeat the code on each; without it their sentences come together again. */
    private static final Pattern CODES = Pattern.compile("\\b[245]\\d\\d[ -](?:#?[245]\\.\\d{1,3}\\.\\d{1,3}[ :]?)?");
    /** Addresses, URLs and host names say nothing about the reason, though a host may be called "mailspamprotection". */
    private static final Pattern NAMES = Pattern.compile("https?://\\S{1,300}"
            + "|[^\\s:;,=]{1,200}@[a-z0-9_-]{0,63}(?:\\.[a-z0-9_-]{1,63}){0,10}[>\\])\"']{0,3}[:.]{0,3}"
            + "|\\b(?!resolver\\.)[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63}){1,10}\\b");

    private static final Pattern RUN_TOGETHER =
            Pattern.compile("(?<![\\w.@+/=-])[A-Z]?[a-z]{1,20}(?:[A-Z][a-z]{1,20}){1,6}(?![\\w@+/=-]|\\.[\\w])");
    private static final Pattern RISING = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    private final String full;
    private final String plain;

    private Words(String full, String plain) {
        this.full = full;
        this.plain = plain;
    }

    public static Words of(String text) {
        String folded = fold(apart(text.length() > CHARS_AT_MOST ? text.substring(0, CHARS_AT_MOST) : text));
        String spaced = SPACES.matcher(CODES.matcher(folded).replaceAll(" "))
                .replaceAll(" ")
                // IronPort's heading for whatever it was told.
                .replace("unknown address error", " ")
                // cPanel's one sentence for a domain that no mail can be routed to: it knows of no list.
                .replace("they may be blacklisted", " ");
        return new Words(
                " " + spaced + " ",
                " "
                        + SPACES.matcher(NAMES.matcher(spaced).replaceAll(" ").replace('_', ' '))
                                .replaceAll(" ") + " ");
    }

    /** "RecipientNotFound" is three words; in addresses, host names and ids capitals mean nothing. */
    private static String apart(String text) {
        Matcher matcher = RUN_TOGETHER.matcher(text);
        return matcher.replaceAll(run -> RISING.matcher(run.group()).replaceAll(" "));
    }

    /** Whether one of the phrases stands in it, host names and addresses aside. */
    public boolean say(List<String> phrases) {
        return phrases.stream().anyMatch(plain::contains);
    }

    /** Whether one of the phrases stands in it, anywhere. */
    public boolean mention(List<String> phrases) {
        return phrases.stream().anyMatch(full::contains);
    }

    /** Whether the pattern is found in it, host names and addresses aside. */
    boolean match(Pattern pattern) {
        return pattern.matcher(plain).find();
    }

    /** Without host names and addresses, a space at both ends. */
    String plain() {
        return plain;
    }

    public static List<String> phrases(String... phrases) {
        return Arrays.stream(phrases).map(Words::fold).toList();
    }

    public static String fold(String text) {
        String decomposed = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
        return MARKS.matcher(decomposed)
                .replaceAll("")
                .replace("ß", "ss")
                .replace('ł', 'l')
                .replace('ø', 'o')
                .replace('đ', 'd')
                .replace('ð', 'd')
                .replace("æ", "ae")
                .replace("œ", "oe")
                .replace('ı', 'i')
                .replace('\u2019', '\'')
                .replace('\u2018', '\'');
    }
}
