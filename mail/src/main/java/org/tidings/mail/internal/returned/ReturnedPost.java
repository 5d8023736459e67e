package org.tidings.mail.internal.returned;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.AddressComplained;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.IncomingMail;
import org.tidings.mail.ProviderReports;
import org.tidings.mail.Receiving;
import org.tidings.mail.ReturnedMails;
import org.tidings.mail.SiteSecret;
import org.tidings.mail.internal.composing.Verp;
import org.tidings.mail.internal.ledger.Unroutables;
import org.tidings.mail.internal.returned.reading.ReturnedMail;
import org.tidings.mail.internal.returned.reading.ReturnedMailReader;
import org.tidings.mail.internal.returned.reading.SesWebhook;
import org.tidings.mail.internal.returned.webhooks.GenericWebhook;
import org.tidings.mail.internal.returned.webhooks.MailgunWebhook;
import org.tidings.mail.internal.returned.webhooks.PostmarkWebhook;
import org.tidings.mail.internal.returned.webhooks.SendGridWebhook;
import org.tidings.mail.internal.returned.webhooks.SnsCertificates;
import org.tidings.mail.internal.returned.webhooks.SnsWebhook;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.standing.Suppression;
import org.tidings.mail.internal.standing.Suppressions;
import org.tidings.mail.internal.tables.Sql;
import org.tidings.site.Gate;
import org.tidings.site.Transactions;

/**
 * The ways in for returned mail and what follows. Whatever way a mail comes, it is stored first, in a transaction of its own; then it is
 * handled, each in one transaction, by whichever node is first. A mail that cannot be handled is tried a few times and then put aside
 * for people, so that it does not hold up the others.
 */
public final class ReturnedPost implements ReturnedMails, ProviderReports, Receiving {

    private static final Logger LOG = Logger.getLogger(ReturnedPost.class.getName());
    private static final int HANDLED_AT_ONCE = 20;
    private static final int TRIES = 5;
    private static final int LINES_AT_MOST = 500;
    private static final long LOOK_MILLIS = 1_000;
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final String MAILBOX_LEASE = "returned-mailbox";
    /** Where reports and people write besides the addresses in our mails (RFC 2142, RFC 5321 section 4.5.1). */
    private static final List<String> STANDING_NAMES = List.of("postmaster", "abuse", "fbl");

    /** Anybody can write to these names, and what came is kept for 90 days. */
    private static final int UNTOKENED_MAILS_AN_HOUR = 1_000;

    static final int UNTOKENED_BYTES_AN_HOUR = 20 * 1024 * 1024;

    private final ReturnSettings settings;
    private final String bounceDomain;
    private final String hostName;
    private final Transactions transactions;
    private final Clock clock;
    private final Verp verp;
    private final ReturnedMailBook book;
    private final ReturnedMailHandler handler;
    private final Iterable<IncomingMail> incoming;
    private final SnsCertificates certificates;
    private final HourlyAllowance untokened;
    private final ThreadFactory threads;
    private final UUID node = UUID.randomUUID();
    private final Map<UUID, Integer> failures = new HashMap<>();
    private final Gate busy = new Gate();
    private volatile boolean running;
    private volatile boolean leased;
    private @Nullable BounceSmtpServer listener;
    private volatile String mailboxTrouble = "";

    public ReturnedPost(
            ReturnSettings settings,
            MailSettings mail,
            DataSource dataSource,
            Transactions transactions,
            Clock clock,
            SiteSecret secret,
            KeyedHashes hashes,
            Suppressions suppressions,
            Iterable<IncomingMail> incoming,
            Consumer<AddressComplained> complained,
            ThreadFactory threads) {
        this.settings = settings;
        this.bounceDomain = mail.bounceDomain();
        this.hostName = bounceDomain.isEmpty() ? mail.domain() : bounceDomain;
        this.transactions = transactions;
        this.clock = clock;
        this.verp = new Verp(secret.keyFor("verp"), hostName);
        this.book = new ReturnedMailBook(dataSource);
        this.incoming = incoming;
        this.certificates = new SnsCertificates(clock);
        this.untokened = new HourlyAllowance(UNTOKENED_MAILS_AN_HOUR, UNTOKENED_BYTES_AN_HOUR, clock);
        this.threads = threads;
        this.handler = new ReturnedMailHandler(
                book,
                new ReturnedMailReader(verp),
                readers(),
                new Effects(hashes, suppressions, new Sql(dataSource), incoming, complained),
                clock);
    }

    private static Map<String, Function<byte[], List<ReturnedMail>>> readers() {
        return Map.of(
                way(Provider.SES), SesWebhook::read,
                way(Provider.SENDGRID), SendGridWebhook::read,
                way(Provider.POSTMARK), PostmarkWebhook::read,
                way(Provider.MAILGUN), MailgunWebhook::read,
                way(Provider.GENERIC), GenericWebhook::read);
    }

    private static String way(Provider provider) {
        return provider.name().toLowerCase(Locale.ROOT);
    }

    /** What a report does. */
    private record Effects(
            KeyedHashes hashes,
            Suppressions suppressions,
            Sql sql,
            Iterable<IncomingMail> incoming,
            Consumer<AddressComplained> complaints)
            implements ReturnedMailHandler.Addresses {

        @Override
        public UUID hashOf(EmailAddress address) {
            return hashes.of(address);
        }

        @Override
        public boolean unroutable(UUID addressHash, String mail, OffsetDateTime at) {
            return new Unroutables(sql).note(addressHash, mail, at);
        }

        @Override
        public Optional<OffsetDateTime> lastOf(long mailing) {
            return sql
                    .list(
                            "select finished_at from mail.mailings where number = ? and finished_at is not null",
                            row -> Sql.time(row, "finished_at"),
                            mailing)
                    .stream()
                    .findFirst();
        }

        @Override
        public void hardBounced(UUID addressHash, OffsetDateTime at, String detail) {
            suppressions.add(addressHash, Suppression.HARD_BOUNCED, at, detail);
        }

        @Override
        public void complained(UUID addressHash, Optional<EmailAddress> address, OffsetDateTime at, String detail) {
            suppressions.add(addressHash, Suppression.COMPLAINED, at, detail);
            complaints.accept(new AddressComplained(addressHash, address, at));
        }

        @Override
        public boolean cameIn(String address) {
            for (IncomingMail taker : incoming) {
                if (taker.takes(address)) {
                    taker.came(address);
                    return true;
                }
            }
            return false;
        }

        @Override
        public Optional<UUID> hashOfUnsubscribeField(String field) {
            for (IncomingMail taker : incoming) {
                Optional<EmailAddress> address = taker.whoseUnsubscribeField(field);
                if (address.isPresent()) {
                    return address.map(hashes::of);
                }
            }
            return Optional.empty();
        }
    }

    /** What is left for mail without a token of ours. */
    HourlyAllowance untokened() {
        return untokened;
    }

    public ReturnedMailBook book() {
        return book;
    }

    // Life

    public synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        thread("tidings-returned-handling", this::handleAlways);
        settings.mailbox().ifPresent(mailbox -> thread("tidings-returned-mailbox", () -> fetchAlways(mailbox)));
        settings.smtpPort().ifPresent(this::listen);
    }

    private void listen(int port) {
        if (bounceDomain.isEmpty()) {
            LOG.warning(() -> ReturnSettings.SMTP_PORT.name()
                    + " is set and tidings.mail.bounce.domain is not: the listener would take no mail and stays off");
            return;
        }
        listener = new BounceSmtpServer(
                new InetSocketAddress(settings.smtpAddress(), port),
                hostName,
                this::admission,
                this::keepOfListener,
                BounceSmtpServer.Limits.USUAL,
                threads);
        LOG.info(() -> "returned mail for " + bounceDomain + " is taken on port " + smtpPort());
    }

    /** The listener's port; 0 when there is none. */
    synchronized int smtpPort() {
        return listener == null ? 0 : listener.port();
    }

    public synchronized void stop() {
        running = false;
        notifyAll();
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }

    /** Waits for the mail that is being handled and the one that is being fetched; the mailbox is free for another node then. */
    public void awaitEnd(Duration patience) {
        if (busy.awaitEmpty(patience) && leased) {
            try {
                transactions.run(() -> book.giveBackLease(MAILBOX_LEASE, node, now()));
            } catch (RuntimeException e) {
                LOG.log(
                        Level.WARNING,
                        "the mailbox for returned mail stays this node''s for a while: {0}",
                        e.toString());
            }
        }
    }

    private void thread(String name, Runnable work) {
        Thread thread = threads.newThread(() -> busy.pass(work));
        thread.setName(name);
        thread.start();
    }

    @SuppressWarnings("WaitNotInLoop") // woken for nothing, the caller looks again
    private synchronized void pause(long millis) {
        try {
            if (running) {
                wait(millis);
            }
        } catch (InterruptedException e) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    // Handling

    private void handleAlways() {
        OffsetDateTime sweptAt = now().minus(SWEEP_EVERY);
        while (running) {
            int handled = 0;
            try {
                handled = handleWaiting();
                if (!now().isBefore(sweptAt.plus(SWEEP_EVERY))) {
                    sweptAt = now();
                    transactions.call(() -> book.dropRaw(now()));
                }
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "returned mail could not be handled this time: {0}", e.toString());
            }
            if (handled == 0) {
                pause(LOOK_MILLIS);
            }
        }
    }

    /** Handles the oldest. Returns how many; what failed comes again. */
    int handleWaiting() {
        List<UUID> waiting = transactions.call(() -> book.waiting(HANDLED_AT_ONCE));
        int handled = 0;
        for (UUID id : waiting) {
            Optional<ReturnedMailBook.Kept> kept = transactions.call(() -> book.find(id));
            handled += kept.isPresent() && isHandled(kept.get()) ? 1 : 0;
        }
        return handled;
    }

    private boolean isHandled(ReturnedMailBook.Kept kept) {
        try {
            transactions.run(() -> handler.handle(kept));
            failures.remove(kept.id());
            return true;
        } catch (RuntimeException | Error e) {
            // Whatever one mail does to us, the others wait behind it.
            failed(kept, e);
            return false;
        }
    }

    private void failed(ReturnedMailBook.Kept kept, Throwable why) {
        int times = failures.merge(kept.id(), 1, Integer::sum);
        LOG.log(Level.WARNING, "a returned mail could not be handled, try " + times, why);
        if (times >= TRIES) {
            transactions.run(() -> handler.giveUp(kept));
            failures.remove(kept.id());
        }
    }

    // Ways in

    /** Stored and committed when this returns. */
    private void keep(String way, @Nullable String recipient, byte[] raw) {
        transactions.run(() -> book.keep(way, recipient, raw, now()));
        wake();
    }

    private synchronized void wake() {
        notifyAll();
    }

    private void keepOfListener(String recipient, byte[] raw) {
        if (hasStandingName(recipient) && !untokened.take(raw.length)) {
            throw new BounceSmtpServer.TooMuch();
        }
        keep("smtp", recipient, raw);
    }

    /** Which recipients the listener takes: those with a genuine token, and a few that people write to, not too much of it. */
    BounceSmtpServer.Admission admission(String recipient) {
        if (hasStandingName(recipient)) {
            return untokened.isUsedUp() ? BounceSmtpServer.Admission.NOT_NOW : BounceSmtpServer.Admission.WELCOME;
        }
        boolean genuine = isTaken(recipient)
                || (isOfOwnDomain(recipient)
                        && verp.find(recipient)
                                .filter(Verp.Genuine.class::isInstance)
                                .isPresent());
        return genuine ? BounceSmtpServer.Admission.WELCOME : BounceSmtpServer.Admission.FOREIGN;
    }

    private boolean isOfOwnDomain(String recipient) {
        return recipient.substring(recipient.lastIndexOf('@') + 1).equalsIgnoreCase(bounceDomain);
    }

    private boolean hasStandingName(String recipient) {
        String local = recipient.substring(0, Math.max(recipient.lastIndexOf('@'), 0));
        return isOfOwnDomain(recipient) && STANDING_NAMES.contains(local.toLowerCase(Locale.ROOT));
    }

    private boolean isTaken(String recipient) {
        return StreamSupport.stream(incoming.spliterator(), false).anyMatch(taker -> taker.takes(recipient));
    }

    @Override
    public boolean receives(String address) {
        boolean byListener = ownDomain()
                .filter(domain -> address.toLowerCase(Locale.ROOT).endsWith("@" + domain))
                .isPresent();
        return byListener || settings.mailbox().isPresent();
    }

    @Override
    public Optional<String> ownDomain() {
        return settings.smtpPort().isPresent() && !bounceDomain.isEmpty()
                ? Optional.of(bounceDomain)
                : Optional.empty();
    }

    private void fetchAlways(ReturnSettings.Mailbox mailbox) {
        MailboxFetcher fetcher = new MailboxFetcher(mailbox);
        while (running) {
            fetchOnce(fetcher);
            pauseFor(settings.mailboxEvery());
        }
    }

    private void fetchOnce(MailboxFetcher fetcher) {
        try {
            if (lease()) {
                int fetched = fetcher.fetch(raw -> keep("mailbox", null, raw), () -> running && lease());
                if (fetched > 0) {
                    LOG.info(() -> fetched + " mails fetched from the mailbox for returned mail");
                }
            }
            mailboxTrouble = "";
        } catch (MessagingException | RuntimeException e) {
            if (mailboxTrouble.isEmpty()) {
                LOG.log(Level.WARNING, "the mailbox for returned mail cannot be read: {0}", e.toString());
            }
            mailboxTrouble = e.getClass().getSimpleName();
        }
    }

    /** {@code wake} ends a wait early, and mails come in meanwhile. */
    private void pauseFor(Duration duration) {
        long until = System.nanoTime() + duration.toNanos();
        while (running && System.nanoTime() < until) {
            pause(Math.max(1, Math.min(LOOK_MILLIS, (until - System.nanoTime()) / 1_000_000)));
        }
    }

    private boolean lease() {
        leased = transactions.call(() -> book.lease(MAILBOX_LEASE, node, now(), now().plus(LEASE)));
        return leased;
    }

    @Override
    public Answer take(Provider provider, Map<String, String> headers, byte[] body) {
        if (!isOn(provider)) {
            return Answer.OFF;
        }
        if (body.length > BYTES_AT_MOST || !isGenuine(provider, headers, body)) {
            return Answer.REFUSED;
        }
        if (provider == Provider.SES && SnsWebhook.type(body) != SnsWebhook.Type.NOTIFICATION) {
            SnsWebhook.subscribeUrl(body)
                    .filter(url -> SnsWebhook.type(body) == SnsWebhook.Type.CONFIRMATION)
                    .ifPresent(this::confirm);
            return Answer.KEPT;
        }
        if (hasTooManyEvents(provider, body)) {
            return Answer.TOO_MANY;
        }
        transactions.run(() -> book.keep(way(provider), null, body, once(provider, headers, body), now()));
        wake();
        return Answer.KEPT;
    }

    /** The others send one event, or what fits into a message of theirs. */
    private static boolean hasTooManyEvents(Provider provider, byte[] body) {
        return switch (provider) {
            case SENDGRID -> SendGridWebhook.hasTooManyEvents(body);
            case GENERIC -> GenericWebhook.hasTooManyEvents(body);
            case SES, MAILGUN, POSTMARK -> false;
        };
    }

    /** What tells a replay from another report. */
    private static byte[] once(Provider provider, Map<String, String> headers, byte[] body) {
        return switch (provider) {
            case SES -> SnsWebhook.once(body);
            case MAILGUN -> MailgunWebhook.once(body);
            case GENERIC -> GenericWebhook.once(headers, body);
            case SENDGRID, POSTMARK -> body;
        };
    }

    private boolean isOn(Provider provider) {
        return switch (provider) {
            case SES -> !settings.sesTopics().isEmpty();
            case SENDGRID -> !settings.sendGridKey().isEmpty();
            case POSTMARK -> !settings.postmarkCredentials().isEmpty();
            case MAILGUN -> !settings.mailgunKey().isEmpty();
            case GENERIC -> !settings.genericSecret().isEmpty();
        };
    }

    private boolean isGenuine(Provider provider, Map<String, String> headers, byte[] body) {
        return switch (provider) {
            case SES -> SnsWebhook.isGenuine(body, settings.sesTopics(), certificates);
            case SENDGRID -> SendGridWebhook.isGenuine(headers, body, settings.sendGridKey(), clock.instant());
            case POSTMARK -> PostmarkWebhook.isGenuine(headers, settings.postmarkCredentials());
            case MAILGUN -> MailgunWebhook.isGenuine(body, settings.mailgunKey(), clock.instant());
            case GENERIC -> GenericWebhook.isGenuine(headers, body, settings.genericSecret(), clock.instant());
        };
    }

    /** Aside, since the request must not wait for Amazon. */
    private void confirm(URI url) {
        thread("tidings-sns-confirmation", () -> {
            try {
                certificates.confirm(url);
                LOG.info("the subscription of an SNS topic was confirmed");
            } catch (IOException e) {
                LOG.log(Level.WARNING, "the subscription of an SNS topic could not be confirmed: {0}", e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    // For staff

    @Override
    public List<Line> newest(Optional<Sort> sort, Optional<OffsetDateTime> before, int limit) {
        return book.newest(sort.map(ReturnedPost::stored).orElse(null), before.orElse(null), atMost(limit)).stream()
                .map(ReturnedPost::line)
                .toList();
    }

    @Override
    public List<Line> toReview(int limit) {
        return book.toReview(atMost(limit)).stream().map(ReturnedPost::line).toList();
    }

    @Override
    public List<Line> of(UUID returnedMail) {
        return book.of(returnedMail).stream().map(ReturnedPost::line).toList();
    }

    @Override
    public List<Line> about(UUID addressHash, int limit) {
        return book.about(addressHash, atMost(limit)).stream()
                .map(ReturnedPost::line)
                .toList();
    }

    @Override
    public List<Figure> figures(OffsetDateTime since) {
        return book.figures(since).stream()
                .map(figure -> new Figure(sort(figure.sort()), figure.reason(), figure.count()))
                .toList();
    }

    @Override
    public long waiting() {
        return book.countWaiting();
    }

    @Override
    public Optional<byte[]> raw(UUID returnedMail) {
        return book.raw(returnedMail);
    }

    @Override
    public Map<String, String> waysIn() {
        Map<String, String> ways = new LinkedHashMap<>();
        ownDomain().ifPresent(domain -> ways.put("smtp", domain + ":" + smtpPort()));
        settings.mailbox()
                .ifPresent(mailbox ->
                        ways.put("mailbox", mailbox + (mailboxTrouble.isEmpty() ? "" : " (" + mailboxTrouble + ")")));
        for (Provider provider : Provider.values()) {
            if (isOn(provider)) {
                ways.put(way(provider), "/webhooks/" + way(provider));
            }
        }
        return ways;
    }

    private static int atMost(int limit) {
        return Math.min(Math.max(limit, 1), LINES_AT_MOST);
    }

    private static Line line(ReturnedMailBook.Line line) {
        return new Line(
                line.returnedMail(),
                line.cameAt(),
                sort(line.sort()),
                line.reason(),
                line.status(),
                Effect.valueOf(line.effect().toUpperCase(Locale.ROOT)),
                line.way(),
                line.diagnostic(),
                line.addressHash(),
                line.rawKept());
    }

    /** The names of the classes that were stored, {@code HardBounce}. */
    private static final Map<Sort, String> STORED = stored();

    private static Map<Sort, String> stored() {
        Map<Sort, String> names = new EnumMap<>(Sort.class);
        for (Sort sort : Sort.values()) {
            StringBuilder name = new StringBuilder();
            for (String word : sort.name().split("_", -1)) {
                name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
            }
            names.put(sort, name.toString());
        }
        return names;
    }

    private static String stored(Sort sort) {
        return STORED.getOrDefault(sort, "");
    }

    private static Sort sort(String stored) {
        return STORED.entrySet().stream()
                .filter(e -> e.getValue().equals(stored))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Sort.NOT_UNDERSTOOD);
    }
}
