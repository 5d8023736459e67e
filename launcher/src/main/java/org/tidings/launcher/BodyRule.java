package org.tidings.launcher;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.util.Header;
import org.jspecify.annotations.Nullable;

/**
 * How large a body may be, by where it goes to, and how long it may take.
 *
 * @param most bytes
 * @param within the whole of it, from the first byte
 * @param goesThrough it is read by whoever it is for, who knows by then that it comes from staff
 * @param isForm fields are counted
 */
record BodyRule(int most, Duration within, boolean goesThrough, boolean isForm) {

    private static final int OF_ANYBODY = 8 * 1024;
    private static final int OF_A_MEMBER = 64 * 1024;
    private static final int OF_A_REPORT = 1024 * 1024;
    private static final int OF_A_FORM_KEPT = 3 * 1024 * 1024;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration A_WHILE = Duration.ofSeconds(60);
    /** As it is written, without dots or escapes that the application may read as another place. */
    private static final Pattern OF_STAFF =
            Pattern.compile("/(?:staff|api|sign-in/again)(?:/(?!\\.+(?:/|$))[A-Za-z0-9._~-]+)*/?");

    /** A form that waits until the password is given. */
    private static final Pattern KEEPS = Pattern.compile("(?:for=|kept(?:&|$))");

    private static final String FORM = "application/x-www-form-urlencoded";

    static BodyRule of(HttpRequestPacket request) {
        String path = request.getRequestURI();
        boolean form = isForm(request.getContentType());
        long length = request.getContentLength();
        if (path.startsWith("/webhooks/")) {
            return new BodyRule(OF_A_REPORT, A_WHILE, false, form);
        }
        boolean known = path.startsWith("/api/") ? hasToken(request) : isKnown(request);
        if (!known) {
            return new BodyRule(OF_ANYBODY, SOON, false, form);
        }
        if (path.equals("/sign-in")
                && KEEPS.matcher(String.valueOf(request.getQueryString())).lookingAt()) {
            // What somebody typed for hours comes along to where she signs in again, and from there.
            return new BodyRule(OF_A_FORM_KEPT, A_WHILE, false, form);
        }
        boolean ofStaff = OF_STAFF.matcher(path).matches();
        boolean large = length > OF_A_MEMBER || request.isChunked();
        return new BodyRule(OF_A_MEMBER, A_WHILE, ofStaff && large, form);
    }

    boolean isLarge() {
        return most > OF_A_MEMBER;
    }

    private static boolean isForm(@Nullable String type) {
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM);
    }

    private static boolean hasToken(HttpRequestPacket request) {
        return request.getHeader(Header.Authorization) != null;
    }

    /** Somebody is signed in in this browser, or was: in another tab she may have signed out of the page whose form this is. */
    private static boolean isKnown(HttpRequestPacket request) {
        String cookies = request.getHeader(Header.Cookie);
        return cookies != null && (cookies.contains("__Host-session=") || cookies.contains("__Host-device="));
    }
}
