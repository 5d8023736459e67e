package org.tidings.web.access;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a request comes from, as the browser says, and where a redirect may lead. */
public final class SameOrigin {
    private static final int LONGEST_PATH_CHARS = 2_000;

    /** An opaque origin (RFC 6454 section 7). */
    private static final String NOT_SAID = "null";

    private SameOrigin() {}

    /**
     * Whether a request that changes something was sent by a page of this site. A browser says so in {@code Sec-Fetch-Site};
     * an older one at least in {@code Origin}. {@code null} there is no word about the site: browsers send it for pages that keep where
     * they are to themselves, by a policy or an extension. Whoever says nothing is believed here, and the form token decides (ADR 29).
     */
    public static boolean sent(
            @Nullable String secFetchSite, @Nullable String origin, @Nullable String host, URI publicUrl) {
        if (secFetchSite != null) {
            return secFetchSite.equals("same-origin");
        }
        if (origin == null || origin.equals(NOT_SAID)) {
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

    /** Whether the browser says at all which site a request comes from. */
    static boolean isSaid(@Nullable String secFetchSite, @Nullable String origin) {
        return secFetchSite != null || (origin != null && !origin.equals(NOT_SAID));
    }

    /**
     * A path of this site to go on to, or the fallback for everything else (SEC-52).
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
