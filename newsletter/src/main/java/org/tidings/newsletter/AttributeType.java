package org.tidings.newsletter;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidings.newsletter.AttributeValueRejected.Reason;
import org.tidings.site.OddCharacter;

/** What sort of value an attribute has, how it is read, and how two of them compare. */
public enum AttributeType {
    /** One line of at most 500 characters. */
    TEXT {
        @Override
        String value(String typed, List<AttributeChoice> choices) {
            if (typed.length() > LONGEST) {
                throw new AttributeValueRejected(Reason.TOO_LONG);
            }
            return typed;
        }

        @Override
        public String sortKey(String value) {
            String folded = fold(value);
            return folded.substring(0, Math.min(folded.length(), LONGEST_KEY));
        }
    },
    /** Less than 10^15, with at most six decimals; kept with a point and no zeros at its end. */
    NUMBER {
        @Override
        String value(String typed, List<AttributeChoice> choices) {
            BigDecimal number = number(typed);
            if (number.abs().compareTo(TOO_LARGE) >= 0
                    || number.stripTrailingZeros().scale() > DECIMALS) {
                throw new AttributeValueRejected(Reason.OUT_OF_RANGE);
            }
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        }

        // All are as long, so that they are in order in every collation.
        @Override
        public String sortKey(String value) {
            String shifted = new BigDecimal(value)
                    .add(TOO_LARGE)
                    .setScale(DECIMALS, RoundingMode.UNNECESSARY)
                    .toPlainString();
            return "0".repeat(KEY_DIGITS - shifted.length()) + shifted;
        }
    },
    /** A day, kept as {@code 2026-11-30}. */
    DATE {
        @Override
        String value(String typed, List<AttributeChoice> choices) {
            return date(typed).toString();
        }

        @Override
        public String sortKey(String value) {
            return value;
        }
    },
    /** One of the choices, kept as its code. */
    CHOICE {
        @Override
        String value(String typed, List<AttributeChoice> choices) {
            String folded = fold(typed);
            return choices.stream()
                    .filter(choice -> choice.code().equals(folded)
                            || choice.labels().values().stream()
                                    .anyMatch(label -> fold(label).equals(folded)))
                    .map(AttributeChoice::code)
                    .findFirst()
                    .orElseThrow(() -> new AttributeValueRejected(Reason.NO_CHOICE));
        }

        @Override
        public String sortKey(String value) {
            return value;
        }
    },
    /** {@code yes} or {@code no}. */
    YES_NO {
        @Override
        String value(String typed, List<AttributeChoice> choices) {
            String folded = fold(typed);
            if (YES.contains(folded)) {
                return "yes";
            }
            if (NO.contains(folded)) {
                return "no";
            }
            throw new AttributeValueRejected(Reason.NEITHER_YES_NOR_NO);
        }

        @Override
        public String sortKey(String value) {
            return value;
        }
    };

    /** Of a value, in characters. */
    public static final int LONGEST = 500;

    private static final int LONGEST_KEY = 600;
    private static final int DECIMALS = 6;
    private static final int KEY_DIGITS = 23;
    private static final BigDecimal TOO_LARGE = BigDecimal.TEN.pow(15);
    private static final int LONGEST_NUMBER = 40;

    private static final Set<String> YES = Set.of("yes", "true", "1", "y", "ja", "j", "oui", "o", "on", "x", "wahr");
    private static final Set<String> NO = Set.of("no", "false", "0", "n", "nein", "non", "off", "falsch");

    private static final Pattern PLAIN = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?");
    private static final Pattern COMMA = Pattern.compile("[+-]?[0-9]+,[0-9]+");
    private static final Pattern ENGLISH = Pattern.compile("[+-]?[0-9]{1,3}(,[0-9]{3})+\\.[0-9]+");
    private static final Pattern ENGLISH_MILLIONS = Pattern.compile("[+-]?[0-9]{1,3}(,[0-9]{3}){2,}");
    private static final Pattern CONTINENTAL = Pattern.compile("[+-]?[0-9]{1,3}(\\.[0-9]{3})+,[0-9]+");
    private static final Pattern CONTINENTAL_MILLIONS = Pattern.compile("[+-]?[0-9]{1,3}(\\.[0-9]{3}){2,}");
    private static final Pattern ISO = Pattern.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?");
    private static final Pattern POINTS = Pattern.compile("([0-9]{1,2})\\.\\s?([0-9]{1,2})\\.\\s?([0-9]{4})");
    private static final Pattern STROKES = Pattern.compile("([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})");
    private static final Pattern AROUND =
            Pattern.compile("^[\\s\\p{Z}\\x{FEFF}\\x{200B}]+|[\\s\\p{Z}\\x{FEFF}\\x{200B}]+$");

    /**
     * The value as it is kept.
     *
     * @param typed as it came from a person, a file or a program; not blank
     * @param choices of {@link #CHOICE}
     * @throws AttributeValueRejected saying why it is none
     */
    public String read(String typed, List<AttributeChoice> choices) {
        String clean = Normalizer.normalize(AROUND.matcher(typed).replaceAll(""), Normalizer.Form.NFC);
        if (OddCharacter.inLine(clean).isPresent()) {
            throw new AttributeValueRejected(Reason.ODD_CHARACTER);
        }
        return value(clean, choices);
    }

    abstract String value(String typed, List<AttributeChoice> choices);

    /** What values of this sort are compared by, as text; equal ones have the same. */
    public abstract String sortKey(String value);

    /** Whether one can be less than another. */
    public boolean isOrdered() {
        return this == NUMBER || this == DATE;
    }

    /** For comparing what people type: without case, composed, single spaces. */
    public static String fold(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .strip()
                .replaceAll("[\\s\\p{Z}]+", " ")
                .toLowerCase(Locale.ROOT);
    }

    private static BigDecimal number(String typed) {
        String plain = typed.replaceAll("[\\s\\p{Z}'’_]", "").replace('\u2212', '-');
        if (plain.length() > LONGEST_NUMBER) {
            throw new AttributeValueRejected(Reason.OUT_OF_RANGE);
        }
        if (PLAIN.matcher(plain).matches()) {
            return new BigDecimal(plain);
        }
        if (ENGLISH.matcher(plain).matches() || ENGLISH_MILLIONS.matcher(plain).matches()) {
            return new BigDecimal(plain.replace(",", ""));
        }
        if (CONTINENTAL.matcher(plain).matches()
                || CONTINENTAL_MILLIONS.matcher(plain).matches()) {
            return new BigDecimal(plain.replace(".", "").replace(',', '.'));
        }
        if (!COMMA.matcher(plain).matches()) {
            throw new AttributeValueRejected(Reason.NO_NUMBER);
        }
        if (plain.length() - plain.indexOf(',') == 4) {
            // 1,234: one and a bit, or more than a thousand.
            throw new AttributeValueRejected(Reason.TWO_MEANINGS);
        }
        return new BigDecimal(plain.replace(',', '.'));
    }

    private static LocalDate date(String typed) {
        Matcher iso = ISO.matcher(typed);
        if (iso.matches()) {
            return day(iso.group(1), iso.group(2), iso.group(3));
        }
        Matcher points = POINTS.matcher(typed);
        if (points.matches()) {
            return day(points.group(3), points.group(2), points.group(1));
        }
        Matcher strokes = STROKES.matcher(typed);
        if (!strokes.matches()) {
            throw new AttributeValueRejected(Reason.NO_DATE);
        }
        int first = Integer.parseInt(strokes.group(1));
        int second = Integer.parseInt(strokes.group(2));
        if (first <= 12 && second <= 12 && first != second) {
            throw new AttributeValueRejected(Reason.TWO_MEANINGS);
        }
        return first > 12
                ? day(strokes.group(3), strokes.group(2), strokes.group(1))
                : day(strokes.group(3), strokes.group(1), strokes.group(2));
    }

    private static LocalDate day(String year, String month, String day) {
        try {
            return LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
        } catch (DateTimeException e) {
            throw new AttributeValueRejected(Reason.NO_DATE);
        }
    }
}
