package org.tidings.mail.internal.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.tidings.mail.MessageClass;
import org.tidings.mail.internal.secrets.KeptSiteSecret;
import org.tidings.site.ConfigurationKey;
import org.tidings.site.Expected;
import org.tidings.site.Theme;

/**
 * What the operator decided about mail, read once at start.
 *
 * @param servers at least one, which may be the local mailbox
 * @param receiving empty when receivers are not limited
 * @param retries waits before the second, third … try; the last one repeats
 * @param zone the site's
 * @param takeoverAfter when another machine's node has been silent for so long, its claims are taken over
 * @param keepDeliveries so long it stays on record who got which mail
 */
public record MailSettings(
        String siteName,
        String postalAddress,
        Theme theme,
        String domain,
        String accountAddress,
        String serviceAddress,
        String newsletterAddress,
        String replyTo,
        String bounceDomain,
        String feedbackSender,
        List<Server> servers,
        Optional<ReceivingLimits> receiving,
        Duration connectTimeout,
        Duration replyTimeout,
        Duration contentTimeout,
        int batch,
        List<Duration> retries,
        Duration takeoverAfter,
        ZoneId zone,
        Duration keepDeliveries,
        Path dataDir) {

    /**
     * A node that lives begins no mail when its last sign of life is twenty seconds old. Ten seconds more, as long as one may wait for a
     * connection to the database, and nobody takes over from a node that still begins mails.
     */
    static final Duration LEAST_TAKEOVER = Duration.ofSeconds(30);

    private static final Duration ACCOUNT_MAIL_AGAIN = Duration.ofMinutes(5);

    /** Reads each key by its name; an unset key gives its fallback. */
    public static MailSettings read(Function<String, Optional<String>> configuration) {
        Function<ConfigurationKey, String> text =
                key -> configuration.apply(key.name()).map(String::strip).orElse(key.fallback());
        String publicUrl = configuration.apply("tidings.public.url").orElse("http://localhost:8080");
        String domain = text.apply(MailKeys.DOMAIN);
        if (domain.isEmpty()) {
            String host = URI.create(publicUrl).getHost();
            // An address in brackets is no domain of anybody.
            domain = host == null || host.startsWith("[") ? "localhost" : host;
        }
        domain = domain.toLowerCase(Locale.ROOT);
        List<Server> servers = servers(configuration, text);
        Optional<ReceivingLimits> limits = ReceivingLimits.parse(text.apply(MailKeys.RECEIVING));
        MailSettings settings = new MailSettings(
                text.apply(MailKeys.SITE_NAME),
                text.apply(MailKeys.POSTAL_ADDRESS),
                Theme.named(text.apply(Theme.KEY)),
                domain,
                address(text.apply(MailKeys.FROM_ACCOUNT), domain),
                address(text.apply(MailKeys.FROM_SERVICE), domain),
                address(text.apply(MailKeys.FROM_NEWSLETTER), domain),
                text.apply(MailKeys.REPLY_TO),
                bounceDomain(text.apply(MailKeys.BOUNCE_DOMAIN)),
                feedbackSender(text.apply(MailKeys.FEEDBACK_SENDER), domain),
                servers,
                // What stays on this machine spares nobody.
                servers.get(0).url().flatMap(url -> limits),
                duration(text, MailKeys.CONNECT_TIMEOUT),
                duration(text, MailKeys.REPLY_TIMEOUT),
                duration(text, MailKeys.CONTENT_TIMEOUT),
                number(text, MailKeys.BATCH, 1, 5000),
                Arrays.stream(text.apply(MailKeys.RETRIES).split(",", -1))
                        .map(part -> duration(MailKeys.RETRIES, part))
                        .toList(),
                takeoverAfter(text),
                configuration.apply("tidings.site.zone").map(ZoneId::of).orElseGet(ZoneId::systemDefault),
                duration(text, MailKeys.KEEP_DELIVERIES),
                Path.of(configuration.apply("tidings.data.dir").orElse("./data")));
        settings.assertThatEverythingIsCarried();
        return settings;
    }

    /**
     * A mail server of the site.
     *
     * @param url empty for the local mailbox
     */
    public record Server(ServerPlan plan, Optional<SmtpUrl> url) {}

    private static List<Server> servers(
            Function<String, Optional<String>> configuration, Function<ConfigurationKey, String> text) {
        ServerPlan main = new ServerPlan(
                ServerPlan.MAIN,
                EnumSet.allOf(MessageClass.class),
                Set.of(),
                1,
                number(text, MailKeys.CONNECTIONS, 1, 200),
                number(text, MailKeys.MAILS_PER_CONNECTION, 1, 100_000),
                number(text, MailKeys.PER_SECOND, 0, 100_000));
        List<Server> servers = new ArrayList<>();
        String url = text.apply(MailKeys.SMTP_URL);
        if (!url.isEmpty()) {
            servers.add(new Server(main, Optional.of(SmtpUrl.parse(MailKeys.SMTP_URL.name(), url))));
        }
        for (ServerPlan plan : ServerPlan.further(configuration, main)) {
            String key = ServerPlan.key(plan.name(), "url");
            servers.add(new Server(
                    plan,
                    Optional.of(SmtpUrl.parse(key, configuration.apply(key).orElse("")))));
        }
        return servers.isEmpty() ? List.of(new Server(main, Optional.empty())) : List.copyOf(servers);
    }

    private void assertThatEverythingIsCarried() {
        for (MessageClass messageClass : MessageClass.values()) {
            if (servers.stream().noneMatch(s -> s.plan().carries(messageClass, senderDomain(messageClass)))) {
                throw new IllegalArgumentException("tidings.smtp.*: no server carries mail of class " + messageClass
                        + " from " + senderDomain(messageClass));
            }
        }
    }

    /** Whether mails stay on this machine. */
    public boolean localMailbox() {
        return servers.get(0).url().isEmpty();
    }

    /** What a class is sent from, as servers are chosen by it. */
    public String senderDomain(MessageClass messageClass) {
        String sender = sender(messageClass);
        return sender.substring(sender.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    private static String address(String configured, String domain) {
        String address = configured.contains("@") ? configured : configured + "@" + domain;
        if (!address.matches("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}")) {
            throw new IllegalArgumentException("tidings.mail.from.*: not an address: " + address);
        }
        return address;
    }

    private static String bounceDomain(String configured) {
        String domain = configured.toLowerCase(Locale.ROOT);
        // With the local part of 60 octets the address stays below 254.
        if (!domain.isEmpty() && (domain.length() > 190 || !domain.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+"))) {
            throw new IllegalArgumentException(
                    MailKeys.BOUNCE_DOMAIN.name() + ": not a domain in A-labels: " + configured);
        }
        return domain;
    }

    private static String feedbackSender(String configured, String domain) {
        String id = (configured.isEmpty() ? domain : configured).replaceAll("[^A-Za-z0-9]", "");
        id = id.length() > 15 ? id.substring(0, 15) : id;
        return id.length() < 5 ? (id + "tidings").substring(0, 7) : id;
    }

    private static int number(Function<ConfigurationKey, String> text, ConfigurationKey key, int min, int max) {
        try {
            int value = Integer.parseInt(text.apply(key));
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(key.name() + " must be a whole number from " + min + " to " + max);
    }

    private static Duration takeoverAfter(Function<ConfigurationKey, String> text) {
        Duration after = duration(text, MailKeys.TAKEOVER_AFTER);
        if (after.compareTo(LEAST_TAKEOVER) < 0) {
            throw new IllegalArgumentException(
                    MailKeys.TAKEOVER_AFTER.name() + " is " + after + " and must be " + LEAST_TAKEOVER
                            + " at least: earlier than that a node may still be sending what the others would take over");
        }
        return after;
    }

    private static Duration duration(Function<ConfigurationKey, String> text, ConfigurationKey key) {
        return duration(key, text.apply(key));
    }

    private static Duration duration(ConfigurationKey key, String value) {
        try {
            Duration duration = Duration.parse(value.strip());
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (java.time.format.DateTimeParseException e) {
            // said below
        }
        throw new IllegalArgumentException(key.name() + " must be an ISO 8601 duration such as PT15M");
    }

    /** A different sender for each class (A04). */
    public String sender(MessageClass messageClass) {
        return switch (messageClass) {
            case ACCOUNT -> accountAddress;
            case SERVICE -> serviceAddress;
            case NEWSLETTER -> newsletterAddress;
        };
    }

    /** How long to wait at least after so many tries (S06); for account mail somebody sits and waits, so that it goes once more sooner. */
    public Duration waitAfter(MessageClass messageClass, int attempts) {
        if (messageClass != MessageClass.ACCOUNT) {
            return waitAfter(attempts);
        }
        return attempts > 1 ? waitAfter(attempts - 1) : Collections.min(List.of(waitAfter(1), ACCOUNT_MAIL_AGAIN));
    }

    private Duration waitAfter(int attempts) {
        return retries.get(Math.min(Math.max(attempts, 1), retries.size()) - 1);
    }

    /** The keys of this module, documented where they are defined. */
    public static final class MailKeys {
        private static final Expected SMTP_ADDRESS = Expected.parsedBy(
                "an address such as smtp://user:secret@host:587?tls=required or smtps://…, in which user and secret are"
                        + " percent-encoded (%25 for a percent sign)",
                value -> SmtpUrl.parse("it", value));
        private static final Expected TIMEOUT = Expected.duration(Duration.ofSeconds(1), Duration.ofHours(1));

        static final ConfigurationKey SITE_NAME = key(
                "tidings.site.name",
                "Tidings",
                "The site's name: sender of account mail and announcements, foot of every mail.",
                Expected.line(100));
        static final ConfigurationKey POSTAL_ADDRESS = key(
                "tidings.site.postal-address",
                "",
                "The sender's postal address in one line, printed at the foot of every mail; the law asks for it in newsletters.",
                Expected.line(300));
        static final ConfigurationKey DOMAIN = key(
                "tidings.mail.domain",
                "",
                "Domain of senders and Message-IDs; unset, the host of tidings.public.url. DKIM, SPF and DMARC belong to it.",
                Expected.domain());
        static final ConfigurationKey FROM_ACCOUNT = key(
                "tidings.mail.from.account",
                "account",
                "Sender of account mail: an address, or a local part at tidings.mail.domain.",
                Expected.mailAddressOrLocalPart());
        static final ConfigurationKey FROM_SERVICE = key(
                "tidings.mail.from.service",
                "service",
                "Sender of announcements: an address, or a local part at tidings.mail.domain.",
                Expected.mailAddressOrLocalPart());
        static final ConfigurationKey FROM_NEWSLETTER = key(
                "tidings.mail.from.newsletter",
                "news",
                "Sender of newsletters: an address, or a local part at tidings.mail.domain.",
                Expected.mailAddressOrLocalPart());
        static final ConfigurationKey REPLY_TO = key(
                "tidings.mail.reply-to",
                "",
                "Where replies go; unset, to the sender, which then must accept mail.",
                Expected.mailAddress());
        static final ConfigurationKey BOUNCE_DOMAIN = key(
                "tidings.mail.bounce.domain",
                "",
                "Domain that takes returned mail; every envelope sender is then b+id.mac at it (VERP). Unset, the class's sender.",
                Expected.parsedBy(
                        "a domain in A-labels with a dot in it, at most 190 characters", MailSettings::bounceDomain));
        static final ConfigurationKey FEEDBACK_SENDER = key(
                "tidings.mail.feedback.sender",
                "",
                "Sender id in Feedback-ID, 5 to 15 letters and digits; unset, made from tidings.mail.domain.",
                Expected.matching("5 to 15 letters and digits", value -> value.matches("[A-Za-z0-9]{5,15}")));
        static final ConfigurationKey SMTP_URL = new ConfigurationKey(
                "tidings.smtp.url",
                "",
                "The mail server: smtp://user:secret@host:587?tls=required|opportunistic|none or smtps://…; unset, the local mailbox."
                        + " Opportunistic takes any certificate, or no TLS at all: against listeners on the way, not against impostors.",
                true,
                SMTP_ADDRESS);
        static final ConfigurationKey CONNECTIONS = key(
                "tidings.smtp.connections",
                "4",
                "Connections of each node to the mail server at once, 1 to 200; of two or more one is kept for account mail.",
                Expected.wholeNumber(1, 200));
        static final ConfigurationKey MAILS_PER_CONNECTION = key(
                "tidings.smtp.mails-per-connection",
                "500",
                "Mails over one connection before it is renewed.",
                Expected.wholeNumber(1, 100_000));
        static final ConfigurationKey PER_SECOND = key(
                "tidings.smtp.per-second",
                "0",
                "Mails a second to the mail server, over all nodes; 0 for no limit. Account mail is counted and does not wait.",
                Expected.wholeNumber(0, 100_000));
        static final ConfigurationKey SERVERS = key(
                "tidings.smtp.servers",
                "",
                "Names of further mail servers, divided by commas, each with the keys tidings.smtp.<name>.…; that of tidings.smtp.url"
                        + " is one of them where it is set.",
                Expected.listOf(Expected.matching("a name of small letters, digits and hyphens", ServerPlan::isName)));
        static final ConfigurationKey SERVER_URL = new ConfigurationKey(
                "tidings.smtp.<name>.url", "", "A further server's address, as tidings.smtp.url.", true, SMTP_ADDRESS);
        static final ConfigurationKey SERVER_CLASSES = key(
                "tidings.smtp.<name>.classes",
                "",
                "What it carries: ACCOUNT, SERVICE, NEWSLETTER, divided by commas; all if unset.",
                Expected.listOf(Expected.matching(
                        "ACCOUNT, SERVICE or NEWSLETTER", value -> value.matches("(?i)account|service|newsletter"))));
        static final ConfigurationKey SERVER_DOMAINS = key(
                "tidings.smtp.<name>.domains",
                "",
                "Sender domains that it carries, divided by commas; all if unset.",
                Expected.listOf(Expected.domain()));
        static final ConfigurationKey SERVER_WEIGHT = key(
                "tidings.smtp.<name>.weight",
                "1",
                "Its share beside other servers that carry the same mail, 0 to 1,000; 0: only while those are down.",
                Expected.wholeNumber(0, 1_000));
        static final ConfigurationKey SERVER_CONNECTIONS = key(
                "tidings.smtp.<name>.connections",
                "",
                "As tidings.smtp.connections, which holds if unset.",
                Expected.wholeNumber(1, 200));
        static final ConfigurationKey SERVER_MAILS_PER_CONNECTION = key(
                "tidings.smtp.<name>.mails-per-connection",
                "",
                "As tidings.smtp.mails-per-connection, which holds if unset.",
                Expected.wholeNumber(1, 100_000));
        static final ConfigurationKey SERVER_PER_SECOND = key(
                "tidings.smtp.<name>.per-second",
                "",
                "As tidings.smtp.per-second, which holds if unset.",
                Expected.wholeNumber(0, 100_000));
        static final ConfigurationKey RECEIVING = key(
                "tidings.mail.receiving.limits",
                "",
                "Limits of receivers, such as google=5/50/100, example.org=2/20/5, *=10/100/100: mails on their way at once, mails over"
                        + " one connection, mails a second, 0 for no limit; whoever is not named keeps the default. off: none.",
                Expected.parsedBy("off, or parts such as google=5/50/100 divided by commas", ReceivingLimits::parse));
        static final ConfigurationKey CONNECT_TIMEOUT = key(
                "tidings.smtp.timeout.connect", "PT30S", "Longest wait for a connection to the mail server.", TIMEOUT);
        static final ConfigurationKey REPLY_TIMEOUT = key(
                "tidings.smtp.timeout.reply",
                "PT5M",
                "Longest wait for the reply to a command (RFC 5321 4.5.3.2).",
                TIMEOUT);
        static final ConfigurationKey CONTENT_TIMEOUT = key(
                "tidings.smtp.timeout.content",
                "PT10M",
                "Longest wait for the reply to a mail's content (RFC 5321 4.5.3.2.6).",
                TIMEOUT);
        static final ConfigurationKey BATCH = key(
                "tidings.mail.batch",
                "500",
                "Most recipients of a mailing that one node reserves at once, 1 to 5,000.",
                Expected.wholeNumber(1, 5_000));
        static final ConfigurationKey RETRIES = key(
                "tidings.mail.retries",
                "PT30M,PT2H,PT3H",
                "Waits between the tries of a mail that was put off, comma-separated; the last one repeats until the mail expires."
                        + " Account mail is tried once more after five minutes at the latest, and what would be too old at its next turn a minute before its end.",
                Expected.listOf(Expected.duration(Duration.ofSeconds(1), Duration.ofDays(5))));
        static final ConfigurationKey TAKEOVER_AFTER = key(
                "tidings.mail.takeover.after",
                "PT5M",
                "When a node on another machine has been silent for so long, the others take over what it had reserved; PT30S at least.",
                Expected.duration(LEAST_TAKEOVER, Duration.ofDays(1)));
        static final ConfigurationKey KEEP_DELIVERIES = key(
                "tidings.mail.keep.deliveries",
                "P730D",
                "So long after a mailing's end, or a letter's, it stays on record who got it; figures stay for ever.",
                Expected.duration(Duration.ofDays(1), Duration.ofDays(36_500)));
        public static final ConfigurationKey SECRET = new ConfigurationKey(
                "tidings.secret",
                "",
                "The site's secret, base64 of 32 bytes or more, the same on every node; unset, made at first start and kept in"
                        + " secret.key in the data folder.",
                true,
                Expected.parsedBy("base64 of 32 bytes or more", KeptSiteSecret::decoded));

        public static final List<ConfigurationKey> ALL = List.of(
                SITE_NAME,
                POSTAL_ADDRESS,
                DOMAIN,
                FROM_ACCOUNT,
                FROM_SERVICE,
                FROM_NEWSLETTER,
                REPLY_TO,
                BOUNCE_DOMAIN,
                FEEDBACK_SENDER,
                SMTP_URL,
                CONNECTIONS,
                MAILS_PER_CONNECTION,
                PER_SECOND,
                SERVERS,
                SERVER_URL,
                SERVER_CLASSES,
                SERVER_DOMAINS,
                SERVER_WEIGHT,
                SERVER_CONNECTIONS,
                SERVER_MAILS_PER_CONNECTION,
                SERVER_PER_SECOND,
                RECEIVING,
                CONNECT_TIMEOUT,
                REPLY_TIMEOUT,
                CONTENT_TIMEOUT,
                BATCH,
                RETRIES,
                TAKEOVER_AFTER,
                KEEP_DELIVERIES,
                SECRET);

        private MailKeys() {}

        private static ConfigurationKey key(String name, String fallback, String meaning, Expected expected) {
            return new ConfigurationKey(name, fallback, meaning, false, expected);
        }
    }
}
