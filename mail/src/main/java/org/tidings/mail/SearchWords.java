package org.tidings.mail;

import com.ibm.icu.text.IDNA;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody types or pastes to find a person by her address or name, as {@code LIKE} of either database understands it, in whatever
 * way it is stored and shown (REP-25): with or without case, composed or not, a domain in its letters or in A-labels, with blanks, invisible
 * marks, brackets or {@code mailto:} around.
 *
 * <p>A database in the C locale lowers no letters beyond ASCII. Those that are looked for are changed by {@code translate}, which both
 * databases know, and no others, so that a row costs no more than its length.
 *
 * @param patterns any of them, with {@code %} around and {@code !} as escape
 * @param capitals letters beyond ASCII that mean one of those looked for
 * @param smalls what each of them becomes, in the same order
 */
public record SearchWords(List<String> patterns, String capitals, String smalls) {

    private static final int LONGEST = 254;
    private static final Pattern IN_BRACKETS = Pattern.compile("<\\s*([^<>]+@[^<>]+?)\\s*>");
    private static final Pattern DOMAIN = Pattern.compile("[^@\\s]+$");
    private static final IDNA IDN = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII);

    public static SearchWords of(String typed) {
        String words = cleaned(typed.substring(0, Math.min(typed.length(), 2 * LONGEST)));
        Set<String> ways = new LinkedHashSet<>();
        ways.add(words);
        ways.add(Normalizer.normalize(words, Normalizer.Form.NFD));
        if (!words.isEmpty()) {
            withDomain(words, ways);
        }
        StringBuilder capitals = new StringBuilder();
        StringBuilder smalls = new StringBuilder();
        words.codePoints().distinct().filter(c -> c > 0x7f && c < 0x10000).forEach(c -> {
            for (int other : List.of(Character.toUpperCase(c), Character.toTitleCase(c), c == 'σ' ? 'ς' : c)) {
                if (other != c && other < 0x10000 && capitals.indexOf(Character.toString(other)) < 0) {
                    capitals.appendCodePoint(other);
                    smalls.appendCodePoint(c);
                }
            }
        });
        return new SearchWords(
                ways.stream().map(SearchWords::pattern).toList(), capitals.toString(), smalls.toString());
    }

    /** Whether there is nothing to look for. */
    public boolean isEmpty() {
        return patterns.get(0).equals("%%");
    }

    /**
     * A condition that a row fulfils when one of the columns holds one of the patterns. Its parameters are all numbered or all not.
     *
     * @param arguments takes the values of its parameters, in order
     */
    public String condition(List<String> columns, List<Object> arguments) {
        List<String> alternatives = new ArrayList<>();
        for (String column : columns) {
            for (String pattern : patterns) {
                if (capitals.isEmpty()) {
                    alternatives.add("lower(" + column + ") like ? escape '!'");
                } else {
                    alternatives.add("lower(translate(" + column + ", ?, ?)) like ? escape '!'");
                    arguments.add(capitals);
                    arguments.add(smalls);
                }
                arguments.add(pattern);
            }
        }
        return "(" + String.join(" or ", alternatives) + ")";
    }

    private static String cleaned(String typed) {
        Matcher bracketed = IN_BRACKETS.matcher(typed);
        String words = bracketed.find() ? bracketed.group(1) : typed;
        StringBuilder visible = new StringBuilder();
        words.codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT && !Character.isISOControl(c))
                .map(c -> Character.isSpaceChar(c) ? ' ' : c)
                .forEach(visible::appendCodePoint);
        String plain = visible.toString().strip();
        if (plain.regionMatches(true, 0, "mailto:", 0, 7)) {
            plain = plain.substring(7);
        }
        return lowered(Normalizer.normalize(plain.replaceAll("^[<(\\[\"']+|[>)\\]\"',;]+$", ""), Normalizer.Form.NFC)
                .strip());
    }

    /** Letter by letter, as the databases do it. */
    private static String lowered(String text) {
        StringBuilder low = new StringBuilder();
        text.codePoints()
                .map(Character::toLowerCase)
                .map(c -> c == 'ς' ? 'σ' : c)
                .forEach(low::appendCodePoint);
        return low.toString();
    }

    private static void withDomain(String words, Set<String> ways) {
        Matcher domain = DOMAIN.matcher(words);
        if (!domain.find()) {
            return;
        }
        String before = words.substring(0, domain.start());
        IDNA.Info info = new IDNA.Info();
        String ascii =
                IDN.nameToASCII(domain.group(), new StringBuilder(), info).toString();
        if (!info.hasErrors()) {
            ways.add(before + ascii);
        }
        IDNA.Info back = new IDNA.Info();
        String letters =
                IDN.nameToUnicode(domain.group(), new StringBuilder(), back).toString();
        if (!back.hasErrors()) {
            ways.add(before + letters);
        }
    }

    private static String pattern(String words) {
        return "%" + words.replaceAll("([!%_])", "!$1") + "%";
    }
}
