package org.tidings.web.links;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The links with a token that go out in mails, and how they come back: with the full stop of their sentence, a bracket, the rest of a line,
 * what counts clicks; broken in two, encoded once more, in capitals, with strokes too many, or inside of another address. What can be
 * told is put right; whose token is gone or cut is for the page behind it.
 */
public final class MailLinks {

    /** All tokens are 32 bytes in base64url. */
    private static final int TOKEN_CHARS = 43;

    /** Stands for a token that is not there, so that the page of its kind answers. */
    private static final String NONE = "-";

    private static final int LONGEST_CHARS = 4_000;
    private static final int MOST_DECODINGS = 3;

    /**
     * A kind of link.
     *
     * @param prefix its path up to the token
     * @param pages beside the links that have no token; {@code ""} if the path itself without the last stroke is one
     * @param below what may follow a token
     */
    record Family(String prefix, Set<String> pages, Pattern below) {

        Family(String prefix, Set<String> pages, String below) {
            this(prefix, pages, Pattern.compile(below));
        }
    }

    /** The longer prefixes first. */
    static final List<Family> FAMILIES = List.of(
            new Family("/subscribe/confirm/", Set.of(), ""),
            new Family("/address/undo/", Set.of(), ""),
            new Family("/preferences/", Set.of(), ""),
            new Family("/reactivate/", Set.of("", "sent"), ""),
            new Family("/address/", Set.of(), ""),
            new Family("/erasure/", Set.of(), ""),
            new Family("/confirm/", Set.of(), "/account"),
            new Family("/manage/link/", Set.of(), "/erase"),
            new Family("/reset/", Set.of("", "sent"), ""),
            new Family("/setup/", Set.of(), ""),
            new Family("/read/", Set.of(), "/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
            new Family("/u/", Set.of(), ""));

    private static final Pattern INSIDE_ANOTHER =
            Pattern.compile("https?:/{1,2}[^/\\s]+(/[^\\s]*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTED = Pattern.compile("=(2D|5F|3D)", Pattern.CASE_INSENSITIVE);
    private static final Pattern LANGUAGE = Pattern.compile("(?:^|&)lang=([a-z]{2})(?:&|$)");

    private MailLinks() {}

    /** Whether a path is one of these links; for what other programs send, where no page answers. */
    static boolean isUnsubscribing(String path) {
        return path.toLowerCase(Locale.ROOT).replaceAll("/{2,}", "/").startsWith("/u/");
    }

    /**
     * The path and query that a damaged link should have had; empty if there is nothing to put right.
     *
     * @param path as it came, encoded
     * @param query as it came, or null
     */
    static Optional<String> mended(String path, @Nullable String query) {
        if (path.length() > LONGEST_CHARS || (query != null && query.length() > LONGEST_CHARS)) {
            return Optional.empty();
        }
        Optional<String> own = mendedPath(decoded(path));
        Optional<String> mended = own.filter(found -> found.length() > TOKEN_CHARS)
                .or(() -> insideOf(path, query))
                .or(() -> own);
        return mended.filter(clean -> !clean.equals(path))
                .map(clean -> query == null
                        ? clean
                        : clean
                                + LANGUAGE.matcher(query)
                                        .results()
                                        .findFirst()
                                        .map(found -> "?lang=" + found.group(1))
                                        .orElse(""));
    }

    /** Where something that looks at links for people hands them on: the whole address in the query, or behind the path. */
    private static Optional<String> insideOf(String path, @Nullable String query) {
        Matcher inside = INSIDE_ANOTHER.matcher(decoded(query == null ? path : path + "?" + query));
        while (inside.find()) {
            Optional<String> mended = mendedPath(inside.group(1)).filter(found -> found.length() > TOKEN_CHARS);
            if (mended.isPresent()) {
                return mended;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> mendedPath(String decoded) {
        String path = decoded.replaceAll("/{2,}", "/");
        String lower = path.toLowerCase(Locale.ROOT);
        for (Family family : FAMILIES) {
            String prefix = family.prefix();
            if (lower.startsWith(prefix)) {
                return ofFamily(family, path.substring(prefix.length()));
            }
            if (lower.equals(prefix.substring(0, prefix.length() - 1))) {
                return family.pages().contains("") ? Optional.empty() : Optional.of(prefix + NONE);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ofFamily(Family family, String rest) {
        String trimmed = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
        if (family.pages().contains(trimmed)) {
            return Optional.empty();
        }
        String text = QUOTED.matcher(rest)
                .replaceAll(found -> switch (found.group(1).toUpperCase(Locale.ROOT)) {
                    case "2D" -> "-";
                    case "5F" -> "_";
                    default -> "=";
                });
        StringBuilder token = new StringBuilder();
        int end = 0;
        for (; end < text.length() && token.length() < TOKEN_CHARS; end++) {
            char c = text.charAt(end);
            if (isOfToken(c)) {
                token.append(c);
            } else if (isHyphen(c)) {
                token.append('-');
            } else if (!isSeam(c) && (token.length() > 0 || !isOpening(c))) {
                break;
            }
        }
        if (token.length() == 0) {
            return Optional.of(family.prefix() + NONE);
        }
        String after = text.substring(end);
        Matcher below = family.below().matcher(after);
        return Optional.of(family.prefix() + token + (below.lookingAt() ? below.group() : ""));
    }

    private static boolean isOfToken(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    }

    /** Programs that make text pretty have their own. */
    private static boolean isHyphen(char c) {
        return c == '\u2010' || c == '\u2011' || c == '\u2212' || c == '\uFF0D' || c == '\uFE63';
    }

    /** Where a line was broken, the end of a quoted-printable one too, or what has no width. */
    private static boolean isSeam(char c) {
        return c == '='
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT;
    }

    private static boolean isOpening(char c) {
        return "/<([{\"'„“”‚‘’«»*:".indexOf(c) >= 0;
    }

    /** Decoded until nothing is left to decode; what cannot be is left as it is. */
    private static String decoded(String encoded) {
        String text = encoded;
        for (int i = 0; i < MOST_DECODINGS && text.indexOf('%') >= 0; i++) {
            String before = text;
            text = decodedOnce(before);
            if (text.equals(before)) {
                break;
            }
        }
        return text;
    }

    private static String decodedOnce(String encoded) {
        try {
            return URLDecoder.decode(
                    encoded.replace("+", "%2B").replaceAll("%(?![0-9A-Fa-f]{2})", "%25"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return encoded;
        }
    }
}
