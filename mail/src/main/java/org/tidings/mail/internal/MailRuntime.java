package org.tidings.mail.internal;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Audience;
import org.tidings.mail.DatabaseReady;
import org.tidings.mail.Sending;
import org.tidings.mail.SendingCheck;
import org.tidings.mail.SendingState;
import org.tidings.mail.SigningKeys;
import org.tidings.mail.SiteSecret;
import org.tidings.mail.Standing;
import org.tidings.mail.internal.dns.Dns;
import org.tidings.mail.internal.dns.DnsSendingCheck;
import org.tidings.mail.internal.returned.Verp;

/** Puts the module together in the container, and begins to send once the schemas are there. */
@ApplicationScoped
class MailRuntime {

    private static final Logger LOG = Logger.getLogger(MailRuntime.class.getName());

    @Resource(lookup = "java:app/jdbc/tidings")
    private DataSource dataSource;

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    private ManagedThreadFactory threads;

    @Inject
    private ContainerTransactions transactions;

    @Inject
    private Clock clock;

    @Inject
    private SiteSecret secret;

    @Inject
    @Any
    private Instance<Audience> audiences;

    @Inject
    @Any
    private Instance<Standing> standings;

    private Parts parts;
    private volatile @Nullable SendingEngine engine;
    private @Nullable KeyWatch keyWatch;

    /** What exists from the beginning; the engine comes when the database is ready. */
    private record Parts(
            MailSettings settings,
            Sql sql,
            KeyedHashes hashes,
            People people,
            MailingBook mailings,
            PostedLetters letters,
            LocalMailboxServer localMailbox,
            Dns dns,
            KeyRing keys) {}

    @SuppressWarnings("NullAway.Init") // fields are set by the container
    MailRuntime() {}

    @PostConstruct
    void assemble() {
        MailSettings settings = MailBeans.settings();
        Sql sql = new Sql(dataSource);
        KeyedHashes hashes = new KeyedHashes(secret);
        People people = new People(audiences, standings);
        Dns dns = MailBeans.dnsSettings().dns();
        parts = new Parts(
                settings,
                sql,
                hashes,
                people,
                new MailingBook(sql, clock, settings, people, new Suppressions(sql, hashes), hashes),
                new PostedLetters(sql, clock, settings, hashes),
                new LocalMailboxServer(sql, transactions, clock, settings.smtp().isEmpty()),
                dns,
                new KeyRing(new KeyRows(sql, new KeySeal(secret)), transactions, clock, dns, settings));
    }

    synchronized void begin(@Observes DatabaseReady ready) {
        if (engine != null) {
            return;
        }
        KeyWatch watch = new KeyWatch(parts.keys(), clock, threads);
        watch.start();
        keyWatch = watch;
        MailServer server = parts.settings().smtp().isPresent()
                ? new SmtpServer(parts.settings(), parts.settings().smtp().get())
                : parts.localMailbox();
        SendingEngine started = new SendingEngine(
                parts.settings(),
                parts.sql(),
                transactions,
                clock,
                parts.hashes(),
                parts.people(),
                parts.mailings(),
                server,
                parts.keys(),
                verp(parts.settings()),
                threads);
        started.start();
        engine = started;
        LOG.info(() ->
                "mails go to " + server.label() + " over " + parts.settings().connections() + " connections");
    }

    private Optional<Verp> verp(MailSettings settings) {
        return settings.bounceDomain().isEmpty()
                ? Optional.empty()
                : Optional.of(new Verp(secret.keyFor("verp"), settings.bounceDomain()));
    }

    @PreDestroy
    synchronized void end() {
        SendingEngine running = engine;
        engine = null;
        if (running != null) {
            running.stop();
        }
        KeyWatch watch = keyWatch;
        keyWatch = null;
        if (watch != null) {
            watch.stop();
        }
    }

    SigningKeys signingKeys() {
        return parts.keys();
    }

    SendingCheck sendingCheck() {
        return new DnsSendingCheck(parts.dns(), parts.keys()::keysFor);
    }

    PostedLetters letters() {
        return parts.letters();
    }

    MailingBook mailings() {
        return parts.mailings();
    }

    LocalMailboxServer localMailbox() {
        return parts.localMailbox();
    }

    Sending sending() {
        return () -> {
            SendingEngine running = engine;
            return running != null
                    ? running.state()
                    : new SendingState(
                            Optional.empty(),
                            0,
                            Optional.<OffsetDateTime>empty(),
                            Optional.of("not started yet"),
                            Optional.empty());
        };
    }
}
