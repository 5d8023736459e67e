package org.tidings.web.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The cookies of the site. Every one is {@code __Host-}, {@code Secure}, {@code HttpOnly}, {@code SameSite=Lax}, on path
 * {@code /} and without a domain (RFC 6265bis), and needed for what the person asked for. Browsers take {@code http://localhost}
 * for secure.
 */
public final class Cookies {
    /** Who is signed in. */
    public static final String SESSION = "__Host-session";
    /**
     * What a browser in which somebody signed in before is known by, so that a stranger's wrong tries do not keep her out. Opens
     * nothing; lasts a year after the last sign-in.
     */
    public static final String DEVICE = "__Host-device";
    /** What a form before signing in is bound to. */
    public static final String FORM = "__Host-form";
    /** The language chosen in the footer. */
    public static final String LANGUAGE = "__Host-language";
    /** What the next page says about the last step. */
    public static final String FLASH = "__Host-flash";

    /** What opens the local mailbox. */
    public static final String MAILBOX = "__Host-mailbox";

    private Cookies() {}

    public static Optional<String> value(HttpServletRequest request, String name) {
        var cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        return Arrays.stream(cookies)
                .filter(c -> c.getName().equals(name) && !c.getValue().isEmpty())
                .map(jakarta.servlet.http.Cookie::getValue)
                .findFirst();
    }

    /** Signs this browser in; ends with the browser or with the session on the server, whichever is first. */
    public static NewCookie session(String token) {
        return cookie(SESSION, token, NewCookie.DEFAULT_MAX_AGE);
    }

    public static NewCookie untilTheBrowserCloses(String name, String value) {
        return cookie(name, value, NewCookie.DEFAULT_MAX_AGE);
    }

    public static NewCookie lasting(String name, String value, Duration time) {
        return cookie(name, value, Math.toIntExact(time.toSeconds()));
    }

    public static NewCookie gone(String name) {
        return cookie(name, "", 0);
    }

    private static NewCookie cookie(String name, String value, int maxAgeSeconds) {
        return new NewCookie.Builder(name)
                .value(value)
                .path("/")
                .secure(true)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX)
                .maxAge(maxAgeSeconds)
                .build();
    }
}
