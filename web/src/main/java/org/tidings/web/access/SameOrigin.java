package org.tidings.web.access;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a request comes from, as the browser says, and where a redirect may lead. */
public final class SameOrigin {
    private static final int LONGEST_PATH_CHARS = 2_000;

    private SameOrigin() {}

    /**
     * Whether a request that changes something was sent by a page of this site. A browser says so in {@code Sec-Fetch-Site};
     * an older one at least in {@code Origin}. A program that says neither has no cookies of a person to abuse; the form token is
     * asked of it all the same.
     */
    public static boolean sent(
            @Nullable String secFetchSite, @Nullable String origin, @Nullable String host, URI publicUrl) {
        if (secFetchSite != null) {
            return secFetchSite.equals("same-origin");
        }
        if (origin == null) {
            return true;
        }
        try {
            var from = URI.create(origin);
            var authority = from.getRawAuthority();
            return authority != null
                    && (authority.equalsIgnoreCase(publicUrl.getRawAuthority())
                            || authority.equalsIgnoreCase(host == null ? "" : host));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /**
     * A path of this site to go on to, or the fallback for everything else (S52).
     *
     * @param wanted untrusted, path and query
     */
    public static String pathOr(@Nullable String wanted, String fallback) {
        if (wanted == null || wanted.isEmpty() || wanted.length() > LONGEST_PATH_CHARS || wanted.charAt(0) != '/') {
            return fallback;
        }
        for (int i = 0; i < wanted.length(); i++) {
            char c = wanted.charAt(i);
            if (c == '\\' || c <= ' ' || c >= 0x7f) {
                return fallback;
            }
        }
        var lower = wanted.toLowerCase(Locale.ROOT);
        var path = lower.contains("?") ? lower.substring(0, lower.indexOf('?')) : lower;
        if (path.contains("//") || path.contains("%2f") || path.contains("%5c") || path.contains("..")) {
            return fallback;
        }
        return wanted;
    }
}
