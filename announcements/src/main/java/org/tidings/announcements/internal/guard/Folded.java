package org.tidings.announcements.internal.guard;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A text in the plain small letters that it is read as: no invisible characters, no accents, letters of other scripts as the Latin
 * ones they look like (ａ, а, α, 𝗮), German umlauts as two letters. Knows which characters of the text it came from.
 */
final class Folded {

    /** Letters that look like others, in pairs: Cyrillic, Greek, small capitals, IPA. What has a compatibility form needs no line here. */
    private static final Map<Integer, String> LOOK_ALIKES =
            pairs("аaбbвbгrеeёeзeиuйuкkмmнhоoпnрpсcтtуyхxшwіiїiјjѕsԁdԛqԝwһhӏlѵvґrєeьb"
                    + "АaВbЕeЗeІiЈjКkМmНhОoРpСcТtУyХxЅsԌgԚqԜwҺhӀlѴvЄe"
                    + "αaβbγyδdεeζzηnθoιiκkλlμuνvξeοoπnρpσoςsτtυuφoχxψwωwάaέeήnίiόoύuώw"
                    + "ΑaΒbΕeΖzΗhΙiΚkΜmΝnΟoΡpΤtΥyΧxΣe"
                    + "ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzɡgɑaıiłløođdħhŧtſsƒf"
                    + "օoսuհhոnցgզqսuԁdաwՏsℓlꓲiꓳoꓢsꓮaꓰe");

    private static final Map<String, String> UMLAUTS = Map.of("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss");

    final String text;
    private final int[] origins;

    private Folded(String text, int[] origins) {
        this.text = text;
        this.origins = origins;
    }

    static Folded of(String source) {
        Builder built = new Builder(source.length());
        int at = 0;
        while (at < source.length()) {
            int end = cluster(source, at);
            built.add(plain(source.substring(at, end)), at);
            at = end;
        }
        return built.build(source.length());
    }

    /** A letter with the marks that follow it. */
    private static int cluster(String source, int start) {
        int end = start + Character.charCount(source.codePointAt(start));
        while (end < source.length() && Character.getType(source.codePointAt(end)) == Character.NON_SPACING_MARK) {
            end += Character.charCount(source.codePointAt(end));
        }
        return end;
    }

    private static String plain(String cluster) {
        int only = cluster.codePointAt(0);
        if (only < 0x80 && cluster.length() == 1) {
            return cluster.toLowerCase(Locale.ROOT);
        }
        String composed = Normalizer.normalize(cluster, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        String umlaut = UMLAUTS.get(composed);
        if (umlaut != null) {
            return umlaut;
        }
        StringBuilder out = new StringBuilder();
        Normalizer.normalize(cluster, Normalizer.Form.NFKD).codePoints().forEach(c -> out.append(letter(c)));
        return out.toString();
    }

    private static String letter(int c) {
        String alike = LOOK_ALIKES.get(c);
        if (alike != null) {
            return alike;
        }
        int type = Character.getType(c);
        if (type == Character.FORMAT
                || type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || blank(c)) {
            return "";
        }
        if (Character.isSpaceChar(c) || Character.isWhitespace(c)) {
            return " ";
        }
        int boxed = boxed(c);
        if (boxed >= 0) {
            return String.valueOf((char) ('a' + boxed));
        }
        return switch (c) {
            case '‘', '’', '‛', 'ʼ', '´', '`', '′' -> "'";
            case '“', '”', '„', '«', '»', '″' -> "\"";
            case '‐', '‑', '‒', '−', '﹣', '－' -> "-";
            default -> Character.toString(c).toLowerCase(Locale.ROOT);
        };
    }

    /** Letters that show nothing though they are called letters. */
    private static boolean blank(int c) {
        return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x2800 || c == 0x034F || c == 0x180E;
    }

    /** Letters in squares, circles and flags have no compatibility form. */
    private static int boxed(int c) {
        if (c >= 0x1F150 && c <= 0x1F169) {
            return c - 0x1F150;
        }
        if (c >= 0x1F170 && c <= 0x1F189) {
            return c - 0x1F170;
        }
        return c >= 0x1F1E6 && c <= 0x1F1FF ? c - 0x1F1E6 : -1;
    }

    /** Where the character at this place begins in the text it came from. */
    int origin(int place) {
        return origins[place];
    }

    /** The same text with digits and signs inside words as the letters they stand for: fr33, 5ave, $ale. */
    Folded unmasked() {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            boolean besideLetter = (i > 0 && isLetter(text.charAt(i - 1)))
                    || (i + 1 < chars.length && isLetter(text.charAt(i + 1)))
                    || (i > 0 && isLetter(chars[i - 1]));
            if (besideLetter) {
                chars[i] = switch (chars[i]) {
                    case '0' -> 'o';
                    case '1', '!', '|' -> 'i';
                    case '3', '€' -> 'e';
                    case '4', '@' -> 'a';
                    case '5', '$' -> 's';
                    case '7', '+' -> 't';
                    case '8' -> 'b';
                    case '9' -> 'g';
                    default -> chars[i];
                };
            }
        }
        return new Folded(new String(chars), origins);
    }

    /** The same text without what stands between the letters of words: S A L E, f.r.e.e, dis-count, sa_le. */
    Folded closedUp() {
        Builder built = new Builder(text.length());
        int i = 0;
        while (i < text.length()) {
            int end = spelledOut(i);
            if (end > i) {
                for (int at = i; at < end; at++) {
                    if (isLetter(text.charAt(at)) || Character.isDigit(text.charAt(at))) {
                        built.add(text.substring(at, at + 1), origins[at]);
                    }
                }
                i = end;
            } else {
                char c = text.charAt(i);
                boolean within =
                        i > 0 && i + 1 < text.length() && isLetter(text.charAt(i - 1)) && isLetter(text.charAt(i + 1));
                if (!(within && ".*_-·|~^+/\\".indexOf(c) >= 0)) {
                    built.add(text.substring(i, i + 1), origins[i]);
                }
                i++;
            }
        }
        return built.build(origins[text.length()]);
    }

    /** Where a run of at least three single letters with something between them ends, or the start if there is none. */
    private int spelledOut(int start) {
        if (start > 0 && (isLetter(text.charAt(start - 1)) || Character.isDigit(text.charAt(start - 1)))) {
            return start;
        }
        int letters = 0;
        int at = start;
        int end = start;
        while (at < text.length() && single(at)) {
            letters++;
            end = at + 1;
            int next = end;
            while (next < text.length() && next < end + 2 && " .-_*·•|/\\~,".indexOf(text.charAt(next)) >= 0) {
                next++;
            }
            if (next == end) {
                break;
            }
            at = next;
        }
        return letters >= 3 ? end : start;
    }

    private boolean single(int at) {
        boolean sign = isLetter(text.charAt(at)) || Character.isDigit(text.charAt(at)) || text.charAt(at) == '$';
        return sign && (at + 1 >= text.length() || !Character.isLetterOrDigit(text.charAt(at + 1)));
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static Map<Integer, String> pairs(String pairs) {
        Map<Integer, String> all = new HashMap<>();
        int[] points = pairs.codePoints().toArray();
        for (int i = 0; i + 1 < points.length; i += 2) {
            all.putIfAbsent(points[i], Character.toString(points[i + 1]));
        }
        return Map.copyOf(all);
    }

    private static final class Builder {
        private final StringBuilder text;
        private int[] origins;

        Builder(int expected) {
            text = new StringBuilder(expected);
            origins = new int[expected + 16];
        }

        void add(String letters, int origin) {
            for (int i = 0; i < letters.length(); i++) {
                if (text.length() + 1 >= origins.length) {
                    origins = Arrays.copyOf(origins, origins.length * 2);
                }
                origins[text.length()] = origin;
                text.append(letters.charAt(i));
            }
        }

        Folded build(int end) {
            int[] all = Arrays.copyOf(origins, text.length() + 1);
            all[text.length()] = end;
            return new Folded(text.toString(), all);
        }
    }
}
