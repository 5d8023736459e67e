package org.tidings.site;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the value of a configuration key has to be, in words for the operator and as a test. */
public final class Expected {

    private static final Pattern DOMAIN = Pattern.compile(
            "(?=.{1,253}$)(?i:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\\.(?i:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?))*");
    private static final Pattern IPV6 = Pattern.compile("\\[?(?=[^:]*:[^:]*:)[0-9A-Fa-f:]+(?:%[A-Za-z0-9]+)?\\]?");
    private static final Pattern LOCAL_PART = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}");

    private final String words;
    private final Predicate<String> accepts;

    private Expected(String words, Predicate<String> accepts) {
        this.words = words;
        this.accepts = accepts;
    }

    /** As it completes "which is not …". */
    public String words() {
        return words;
    }

    /** The value is never empty: that is as good as unset. What breaks a line, or a feed, is right nowhere. */
    boolean accepts(String value) {
        return OddCharacter.inLine(value).filter(Expected::isRefused).isEmpty() && accepts.test(value.strip());
    }

    /** A character that the environment's own encoding lost stays: without a locale it may be all there is of an umlaut. */
    private static boolean isRefused(OddCharacter odd) {
        return odd.kind() != OddCharacter.Kind.LOST;
    }

    /** @param words complete "which is not …" */
    public static Expected matching(String words, Predicate<String> accepts) {
        return new Expected(words, accepts);
    }

    /** What the parser throws no {@link IllegalArgumentException} or {@link DateTimeException} at. */
    public static Expected parsedBy(String words, Function<String, ?> parser) {
        return new Expected(words, value -> {
            try {
                return parser.apply(value) != null;
            } catch (IllegalArgumentException | DateTimeException e) {
                return false;
            }
        });
    }

    /** Any text of one line that is no longer, in characters. */
    public static Expected line(int longest) {
        return new Expected(
                "one line of at most " + longest + " characters",
                value -> value.length() <= longest && !OddCharacter.showsNothing(value));
    }

    public static Expected wholeNumber(long least, long most) {
        return new Expected(
                "a whole number from " + least + " to " + most,
                value -> value.matches("[0-9]{1,12}")
                        && Long.parseLong(value) >= least
                        && Long.parseLong(value) <= most);
    }

    /** ISO 8601. */
    public static Expected duration(Duration least, Duration most) {
        return new Expected("an ISO 8601 duration from " + least + " to " + most + ", such as PT5M", value -> {
            try {
                Duration duration = Duration.parse(value);
                return duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
            } catch (DateTimeException e) {
                return false;
            }
        });
    }

    public static Expected oneOf(String... values) {
        return new Expected(String.join(" or ", values), List.of(values)::contains);
    }

    /** Divided by commas; each of them is expected to be so. */
    public static Expected listOf(Expected each) {
        return new Expected(
                "a list, divided by commas, in which each is " + each.words,
                value -> Arrays.stream(value.split(",", -1)).map(String::strip).allMatch(each.accepts));
    }

    public static Expected secretOfAtLeast(int characters) {
        return new Expected(characters + " characters or more", value -> value.length() >= characters);
    }

    /** A name in A-labels. */
    public static Expected domain() {
        return new Expected(
                "a domain in A-labels, such as example.org or xn--bcher-kva.example",
                value -> DOMAIN.matcher(value).matches());
    }

    /** A name or an address of a machine, without a port. */
    public static Expected host() {
        return new Expected(
                "the name or address of a machine, such as 127.0.0.1",
                value -> DOMAIN.matcher(value).matches() || IPV6.matcher(value).matches());
    }

    /** A plain mail address. */
    public static Expected mailAddress() {
        return new Expected("a mail address: a name, @ and a domain in A-labels", Expected::isAddress);
    }

    /** A mail address, or what stands before the @. */
    public static Expected mailAddressOrLocalPart() {
        return new Expected(
                "a mail address, or what stands before its @",
                value -> isAddress(value) || LOCAL_PART.matcher(value).matches());
    }

    private static boolean isAddress(String value) {
        int at = value.lastIndexOf('@');
        return at > 0
                && LOCAL_PART.matcher(value.substring(0, at)).matches()
                && DOMAIN.matcher(value.substring(at + 1)).matches();
    }

    public static Expected timeZone() {
        return parsedBy("a time zone, such as Europe/Berlin", ZoneId::of);
    }

    /** Whatever a file system may know. */
    public static Expected path() {
        return parsedBy("a path", java.nio.file.Path::of);
    }
}
