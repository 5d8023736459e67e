package org.tidings.mail.internal.returned;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Logger;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.IncomingMail;
import org.tidings.mail.Receiving;
import org.tidings.mail.internal.composing.Verp;
import org.tidings.mail.internal.settings.MailSettings;

/** Listens for mail to the bounce domain, and says which recipients are taken. */
final class ListeningForBounces implements Receiving {

    private static final Logger LOG = Logger.getLogger(ListeningForBounces.class.getName());
    /** Where reports and people write besides the addresses in our mails (RFC 2142, RFC 5321 section 4.5.1). */
    private static final List<String> STANDING_NAMES = List.of("postmaster", "abuse", "fbl");

    /** Anybody can write to these names, and what came is kept for 90 days. */
    private static final int UNTOKENED_MAILS_AN_HOUR = 1_000;

    static final int UNTOKENED_BYTES_AN_HOUR = 20 * 1024 * 1024;

    private final ReturnSettings settings;
    private final String bounceDomain;
    private final String hostName;
    private final Verp verp;
    private final Iterable<IncomingMail> incoming;
    private final KeepingMails keeping;
    private final HourlyAllowance untokened;
    private @Nullable BounceListener listener;

    ListeningForBounces(
            ReturnSettings settings,
            MailSettings mail,
            Verp verp,
            Iterable<IncomingMail> incoming,
            KeepingMails keeping,
            Clock clock) {
        this.settings = settings;
        this.bounceDomain = mail.bounceDomain();
        this.hostName = ReturnedPost.domain(mail);
        this.verp = verp;
        this.incoming = incoming;
        this.keeping = keeping;
        this.untokened = new HourlyAllowance(UNTOKENED_MAILS_AN_HOUR, UNTOKENED_BYTES_AN_HOUR, clock);
    }

    /** What is left for mail without a token of ours. */
    HourlyAllowance untokened() {
        return untokened;
    }

    void start(ThreadFactory threads) {
        settings.smtpPort().ifPresent(port -> listen(port, threads));
    }

    private synchronized void listen(int port, ThreadFactory threads) {
        if (bounceDomain.isEmpty()) {
            LOG.warning(() -> ReturnSettings.SMTP_PORT.name()
                    + " is set and tidings.mail.bounce.domain is not: the listener would take no mail and stays off");
            return;
        }
        listener = new BounceListener(
                new InetSocketAddress(settings.smtpAddress(), port),
                hostName,
                this::admission,
                this::keep,
                BounceListener.Limits.USUAL,
                threads);
        LOG.info(() -> "returned mail for " + bounceDomain + " is taken on port " + smtpPort());
    }

    /** The listener's port; 0 when there is none. */
    synchronized int smtpPort() {
        return listener == null ? 0 : listener.port();
    }

    synchronized void stop() {
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }

    private void keep(String recipient, byte[] raw) {
        if (hasStandingName(recipient) && !untokened.take(raw.length)) {
            throw new BounceListener.TooMuch();
        }
        keeping.keep("smtp", recipient, raw);
    }

    /** Which recipients the listener takes: those with a genuine token, and a few that people write to, not too much of it. */
    BounceListener.Admission admission(String recipient) {
        if (hasStandingName(recipient)) {
            return untokened.isUsedUp() ? BounceListener.Admission.NOT_NOW : BounceListener.Admission.WELCOME;
        }
        return isTaken(recipient) || hasGenuineToken(recipient)
                ? BounceListener.Admission.WELCOME
                : BounceListener.Admission.FOREIGN;
    }

    private boolean hasGenuineToken(String recipient) {
        return isOfOwnDomain(recipient)
                && verp.find(recipient).filter(Verp.Genuine.class::isInstance).isPresent();
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
}
