package org.tidings.mail.internal.returned;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.tidings.site.ConfigurationKey;
import org.tidings.site.Expected;

/**
 * What the operator decided about returned mail, read once at start. Every way in is off until it is configured.
 *
 * @param smtpPort empty: no listener
 * @param mailbox empty: no mailbox is fetched from
 * @param sesTopics ARNs whose messages are taken
 * @param sendGridKey base64 of the public key; empty: off, as for the others
 * @param postmarkCredentials user:password
 */
public record ReturnSettings(
        OptionalInt smtpPort,
        String smtpAddress,
        Optional<Mailbox> mailbox,
        Duration mailboxEvery,
        List<String> sesTopics,
        String sendGridKey,
        String postmarkCredentials,
        String mailgunKey,
        String genericSecret) {

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
    public static final ConfigurationKey SES = key(
            "tidings.webhooks.ses.topics",
            "",
            "ARNs of the Amazon SNS topics whose bounces and complaints /webhooks/ses takes, comma-separated; unset, off.",
            Expected.listOf(Expected.matching(
                    "the ARN of an SNS topic, such as arn:aws:sns:eu-west-1:123456789012:bounces",
                    value -> value.matches("arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]{1,256}"))));
    public static final ConfigurationKey SENDGRID = key(
            "tidings.webhooks.sendgrid.key",
            "",
            "Verification key (base64, as SendGrid shows it) of the signed event webhook at /webhooks/sendgrid; unset, off.",
            Expected.matching("a verification key in base64", value -> value.matches("[A-Za-z0-9+/]{80,400}={0,2}")));
    public static final ConfigurationKey POSTMARK = new ConfigurationKey(
            "tidings.webhooks.postmark.credentials",
            "",
            "user:password that Postmark sends to /webhooks/postmark, 16 characters or more; unset, off.",
            true,
            Expected.matching(
                    "user:password of 16 characters or more", value -> value.length() >= 16 && value.indexOf(':') > 0));
    public static final ConfigurationKey MAILGUN = new ConfigurationKey(
            "tidings.webhooks.mailgun.key",
            "",
            "Mailgun's HTTP webhook signing key, for /webhooks/mailgun; unset, off.",
            true,
            Expected.secretOfAtLeast(16));
    public static final ConfigurationKey GENERIC = new ConfigurationKey(
            "tidings.webhooks.generic.secret",
            "",
            "Secret of 16 characters or more with which reports to /webhooks/generic are signed (HMAC-SHA-256); unset, off.",
            true,
            Expected.secretOfAtLeast(16));

    public static final List<ConfigurationKey> ALL =
            List.of(SMTP_PORT, SMTP_ADDRESS, MAILBOX, MAILBOX_EVERY, SES, SENDGRID, POSTMARK, MAILGUN, GENERIC);

    /** Reads each key by its name; an unset key gives its fallback. */
    public static ReturnSettings read(Function<String, Optional<String>> configuration) {
        Function<ConfigurationKey, String> text =
                key -> configuration.apply(key.name()).map(String::strip).orElse(key.fallback());
        return new ReturnSettings(
                port(text.apply(SMTP_PORT)),
                text.apply(SMTP_ADDRESS),
                mailbox(text.apply(MAILBOX)),
                every(text.apply(MAILBOX_EVERY)),
                Arrays.stream(text.apply(SES).split(",", -1))
                        .map(String::strip)
                        .filter(arn -> !arn.isEmpty())
                        .toList(),
                text.apply(SENDGRID),
                secret(POSTMARK, text.apply(POSTMARK)),
                secret(MAILGUN, text.apply(MAILGUN)),
                secret(GENERIC, text.apply(GENERIC)));
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

    private static String secret(ConfigurationKey key, String value) {
        if (!value.isEmpty() && value.length() < 16) {
            throw new IllegalArgumentException(key.name() + " must have 16 characters or more");
        }
        return value;
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
