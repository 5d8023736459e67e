package org.tidings.mail.internal.settings;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A mail server as configured: {@code smtp://user:secret@host:587?tls=required|opportunistic|none} or {@code smtps:} for TLS
 * from the first byte.
 *
 * @param port 25 without credentials, 587 with them, 465 for smtps, unless given
 */
public record SmtpUrl(String host, int port, Tls tls, Optional<Credentials> credentials) {

    public enum Tls {
        /** From the first byte. */
        IMPLICIT,
        /** STARTTLS, or no mail. */
        REQUIRED,
        /** STARTTLS where offered, any certificate. */
        OPPORTUNISTIC,
        NONE
    }

    public record Credentials(String user, String secret) {
        @Override
        public String toString() {
            return "Credentials[…]";
        }
    }

    /**
     * @param key that it is the value of
     * @throws IllegalArgumentException saying what is wrong without repeating the value
     */
    public static SmtpUrl parse(String key, String text) {
        URI uri;
        try {
            uri = URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + " is no URL"); // the cause would repeat the secret
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("smtp") && !scheme.equals("smtps")) {
            throw new IllegalArgumentException(key + " must begin with smtp:// or smtps://");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(key + " names no host");
        }
        Optional<Credentials> credentials =
                Optional.ofNullable(uri.getRawUserInfo()).map(SmtpUrl::credentials);
        boolean implicit = scheme.equals("smtps");
        int port = uri.getPort() > 0 ? uri.getPort() : implicit ? 465 : credentials.isPresent() ? 587 : 25;
        Tls tls = implicit ? Tls.IMPLICIT : tls(key, uri.getQuery(), uri.getHost());
        return new SmtpUrl(uri.getHost(), port, tls, credentials);
    }

    private static Credentials credentials(String userInfo) {
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String secret = colon < 0 ? "" : userInfo.substring(colon + 1);
        return new Credentials(decode(user), decode(secret));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Tls tls(String key, @org.jspecify.annotations.Nullable String query, String host) {
        if (query != null) {
            for (String part : query.split("&", -1)) {
                if (part.startsWith("tls=")) {
                    return switch (part.substring(4)) {
                        case "required" -> Tls.REQUIRED;
                        case "opportunistic" -> Tls.OPPORTUNISTIC;
                        case "none" -> Tls.NONE;
                        default ->
                            throw new IllegalArgumentException(
                                    "tls in " + key + " must be required, opportunistic or none");
                    };
                }
            }
        }
        boolean loopback = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
        return loopback ? Tls.OPPORTUNISTIC : Tls.REQUIRED;
    }

    /** For staff and logs: without the secret. */
    public String label() {
        return host + ":" + port;
    }
}
