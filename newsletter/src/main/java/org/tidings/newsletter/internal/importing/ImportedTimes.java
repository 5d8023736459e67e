package org.tidings.newsletter.internal.importing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times that other systems write. Without an offset they are taken for UTC. {@code 3/4/2024} can be two days, and is read as
 * neither.
 */
final class ImportedTimes {

    private static final Pattern ISO = Pattern.compile(
            "(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:[T ]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?)?\\s*"
                    + "(Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)?(?:\\s*(?:UTC|GMT|[A-Z]{3,5}|\\[[\\w/]+\\]))?");
    private static final Pattern SLASHES = Pattern.compile("(\\d{1,2})([./-])(\\d{1,2})\\2(\\d{4})(?:,?[T ]+(.+))?");
    private static final Pattern CLOCK = Pattern.compile(
            "(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.\\d+)?)?\\s*([AaPp])?\\.?[Mm]?\\.?(?:\\s*(?:UTC|GMT|Z|Uhr))?");
    private static final Pattern EPOCH = Pattern.compile("\\d{9,10}|\\d{13}");
    private static final List<DateTimeFormatter> WORDS = List.of(
            words("MMM d, uuuu[[,] h:mm[:ss] a]"),
            words("MMMM d, uuuu[[,] h:mm[:ss] a]"),
            words("MMM d, uuuu[[,] H:mm[:ss]]"),
            words("MMMM d, uuuu[[,] H:mm[:ss]]"),
            words("[EEE, ]d MMM uuuu[[,] H:mm[:ss][ 'GMT'][ +0000]]"),
            words("d MMMM uuuu[[,] H:mm[:ss]]"),
            words("EEE MMM d H:mm:ss uuuu"));

    private ImportedTimes() {}

    /** A moment, and whether its offset from UTC was said. */
    record Read(OffsetDateTime at, boolean exact) {}

    private static DateTimeFormatter words(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH);
    }

    static Optional<Read> read(String typed) {
        String text = typed.strip();
        if (text.length() < 8 || text.length() > 60) {
            return Optional.empty();
        }
        try {
            if (EPOCH.matcher(text).matches()) {
                long number = Long.parseLong(text);
                Instant at = text.length() == 13 ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
                return Optional.of(new Read(at.atOffset(ZoneOffset.UTC), true));
            }
            Matcher iso = ISO.matcher(text);
            if (iso.matches()) {
                return Optional.of(iso(iso));
            }
            Matcher slashes = SLASHES.matcher(text);
            return slashes.matches() ? slashes(slashes) : inWords(text);
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Read iso(Matcher found) {
        String read = found.group(7);
        String fraction = read == null ? "0" : read;
        LocalDateTime local = LocalDateTime.of(
                number(found.group(1)),
                number(found.group(2)),
                number(found.group(3)),
                number(found.group(4)),
                number(found.group(5)),
                number(found.group(6)),
                // Databases keep microseconds.
                Integer.parseInt((fraction + "000000").substring(0, 6)) * 1_000);
        String offset = found.group(8);
        if (offset == null || offset.equals("UTC") || offset.equals("GMT") || offset.equals("Z")) {
            return new Read(local.atOffset(ZoneOffset.UTC), offset != null);
        }
        return new Read(
                local.atOffset(ZoneOffset.of(
                                offset.length() == 5 ? offset.substring(0, 3) + ":" + offset.substring(3) : offset))
                        .withOffsetSameInstant(ZoneOffset.UTC),
                true);
    }

    private static Optional<Read> slashes(Matcher found) {
        int first = number(found.group(1));
        int second = number(found.group(3));
        boolean dayFirst = found.group(2).equals(".") || first > 12;
        if (!dayFirst && second <= 12 && first != second) {
            return Optional.empty();
        }
        LocalDate day = LocalDate.of(number(found.group(4)), dayFirst ? second : first, dayFirst ? first : second);
        String rest = found.group(5);
        if (rest == null) {
            return Optional.of(new Read(day.atStartOfDay().atOffset(ZoneOffset.UTC), false));
        }
        Matcher clock = CLOCK.matcher(rest.strip());
        if (!clock.matches()) {
            return Optional.empty();
        }
        int hour = number(clock.group(1));
        String half = clock.group(4);
        if (half != null) {
            hour = hour % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
        }
        return Optional.of(new Read(
                day.atTime(hour, number(clock.group(2)), number(clock.group(3))).atOffset(ZoneOffset.UTC), false));
    }

    private static Optional<Read> inWords(String text) {
        for (DateTimeFormatter formatter : WORDS) {
            try {
                var parsed = formatter.parseBest(text, LocalDateTime::from, LocalDate::from);
                LocalDateTime at = parsed instanceof LocalDateTime time ? time : ((LocalDate) parsed).atStartOfDay();
                return Optional.of(new Read(at.atOffset(ZoneOffset.UTC), false));
            } catch (DateTimeException e) {
                // The next one may fit.
            }
        }
        return Optional.empty();
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
