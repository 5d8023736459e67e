package org.tidings.mail.internal.replies;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An enhanced status code (RFC 3463), for example 5.1.1.
 *
 * @param kind 2, 4 or 5
 * @param subject 0 to 999
 * @param detail 0 to 999
 */
public record EnhancedStatus(int kind, int subject, int detail) {
    private static final Pattern CODE =
            Pattern.compile("(?<![\\d.])([245])\\.(\\d{1,3})\\.(\\d{1,3})(?![\\d.]*\\.?\\d)");

    /** The first code in a text that is no part of a longer number such as an IP address. */
    public static Optional<EnhancedStatus> firstIn(String text) {
        Matcher matcher = CODE.matcher(text);
        return matcher.find() ? Optional.of(of(matcher)) : Optional.empty();
    }

    /** Where the first one begins; -1 if there is none. */
    static int indexOfFirstIn(String text) {
        Matcher matcher = CODE.matcher(text);
        return matcher.find() ? matcher.start() : -1;
    }

    /**
     * The first code that says more than its subject, and the first one otherwise: gateways put a general code before what they
     * were told, such as {@code 5.1.0 - Unknown address error 550-'5.7.1 …}.
     */
    static Optional<EnhancedStatus> mostSpecificIn(String text) {
        Matcher matcher = CODE.matcher(text);
        Optional<EnhancedStatus> first = Optional.empty();
        while (matcher.find()) {
            EnhancedStatus status = of(matcher);
            if (status.detail != 0) {
                return Optional.of(status);
            }
            first = first.or(() -> Optional.of(status));
        }
        return first;
    }

    /** The first code of that class in a text. */
    static Optional<EnhancedStatus> firstIn(String text, int kind) {
        Matcher matcher = CODE.matcher(text);
        while (matcher.find()) {
            EnhancedStatus status = of(matcher);
            if (status.kind == kind) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    /** Whether it says more than that something failed. */
    public boolean isSpecific() {
        return subject != 0 || detail != 0;
    }

    boolean is(int wantedSubject, int wantedDetail) {
        return subject == wantedSubject && detail == wantedDetail;
    }

    private static EnhancedStatus of(Matcher matcher) {
        return new EnhancedStatus(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    @Override
    public String toString() {
        return kind + "." + subject + "." + detail;
    }
}
