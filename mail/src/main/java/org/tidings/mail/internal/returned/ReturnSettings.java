package org.tidings.mail.internal.returned;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.tidings.site.ConfigurationKey;
import org.tidings.site.Expected;

/**
 * What the operator decided about the listener and the mailbox for returned mail, read once at start. Each is off until it is configured.
 *
 * @param smtpPort empty: no listener
 * @param mailbox empty: no mailbox is fetched from
 */
public record ReturnSettings(
        OptionalInt smtpPort, String smtpAddress, Optional<Mailbox> mailbox, Duration mailboxEvery) {

    /**
     * A mailbox elsewhere.
     *
     * @param protocol a name of Jakarta Mail: imaps, imap, pop3s, pop3
     * @param folder for IMAP
     * @param onlyMarks fetched mails are marked as read and stay; POP3 cannot
     */
    public record Mailbox(
            String protocol, String host, int port, String user, String secret, String folder, boolean onlyMarks) {

        boolean imap() {
            return protocol.startsWith("imap");
        }

        @Override
        public String toString() {
            return protocol + "://" + host + ":" + port;
        }
    }

    public static final ConfigurationKey SMTP_PORT = key(
            "tidings.bounce.smtp.port",
            "",
            "Port of the built-in SMTP listener for the bounce domain, 0 to 65535 (0: any); unset, there is none. MX and port 25 have to lead"
                    + " to it.",
            Expected.wholeNumber(0, 65_535));
    public static final ConfigurationKey SMTP_ADDRESS = key(
            "tidings.bounce.smtp.address",
            "0.0.0.0",
            "Network address that this listener listens on.",
            Expected.host());
    public static final ConfigurationKey MAILBOX = new ConfigurationKey(
            "tidings.bounce.mailbox.url",
            "",
            "Mailbox that returned mail is fetched from: imaps://user:secret@host/INBOX or pop3s://user:secret@host (imap:, pop3: without TLS);"
                    + " what was stored is deleted there, with ?after=mark (IMAP) only marked as read. Unset, there is none.",
            true,
            Expected.parsedBy(
                    "an address such as imaps://user:secret@host/INBOX or pop3s://user:secret@host",
                    ReturnSettings::mailbox));
    public static final ConfigurationKey MAILBOX_EVERY = key(
            "tidings.bounce.mailbox.every",
            "PT1M",
            "Wait between two looks into that mailbox, ISO 8601, PT1S to PT24H.",
            Expected.duration(Duration.ofSeconds(1), Duration.ofDays(1)));

    public static final List<ConfigurationKey> ALL = List.of(SMTP_PORT, SMTP_ADDRESS, MAILBOX, MAILBOX_EVERY);

    /** Reads each key by its name; an unset key gives its fallback. */
    public static ReturnSettings read(Function<String, Optional<String>> configuration) {
        Function<ConfigurationKey, String> text =
                key -> configuration.apply(key.name()).map(String::strip).orElse(key.fallback());
        return new ReturnSettings(
                port(text.apply(SMTP_PORT)),
                text.apply(SMTP_ADDRESS),
                mailbox(text.apply(MAILBOX)),
                every(text.apply(MAILBOX_EVERY)));
    }

    private static OptionalInt port(String text) {
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException(SMTP_PORT.name() + " must be a port from 0 to 65535");
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    private static Duration every(String text) {
        try {
            Duration every = Duration.parse(text);
            if (every.compareTo(Duration.ofSeconds(1)) >= 0 && every.compareTo(Duration.ofDays(1)) <= 0) {
                return every;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw new IllegalArgumentException(MAILBOX_EVERY.name() + " must be an ISO 8601 duration from PT1S to PT24H");
    }

    /** Never repeats the value: it has the secret in it. */
    private static Optional<Mailbox> mailbox(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        URI uri = parsed(text);
        String protocol = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        int usualPort = switch (protocol) {
            case "imaps" -> 993;
            case "imap" -> 143;
            case "pop3s" -> 995;
            case "pop3" -> 110;
            default -> throw malformed();
        };
        String credentials = uri.getRawUserInfo();
        int colon = credentials == null ? -1 : credentials.indexOf(':');
        if (colon < 1 || credentials == null || uri.getHost() == null) {
            throw malformed();
        }
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        if (!query.isEmpty() && !query.equals("after=delete") && !query.equals("after=mark")) {
            throw malformed();
        }
        boolean marks = query.equals("after=mark");
        if (marks && protocol.startsWith("pop3")) {
            throw malformed();
        }
        String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
        return Optional.of(new Mailbox(
                protocol,
                uri.getHost(),
                uri.getPort() < 0 ? usualPort : uri.getPort(),
                decoded(credentials.substring(0, colon)),
                decoded(credentials.substring(colon + 1)),
                path.isEmpty() ? "INBOX" : path,
                marks));
    }

    private static URI parsed(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                MAILBOX.name() + " must look like imaps://user:secret@host/INBOX or pop3s://user:secret@host");
    }

    private static ConfigurationKey key(String name, String fallback, String meaning, Expected expected) {
        return new ConfigurationKey(name, fallback, meaning, false, expected);
    }

    @Override
    public String toString() {
        return "ReturnSettings[…]";
    }
}
