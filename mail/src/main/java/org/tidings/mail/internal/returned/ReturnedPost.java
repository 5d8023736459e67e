package org.tidings.mail.internal.returned;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.tidings.mail.AddressComplained;
import org.tidings.mail.IncomingMail;
import org.tidings.mail.ProviderReports;
import org.tidings.mail.Receiving;
import org.tidings.mail.ReturnedMails;
import org.tidings.mail.SiteSecret;
import org.tidings.mail.internal.composing.Verp;
import org.tidings.mail.internal.returned.reading.ReturnedMailReader;
import org.tidings.mail.internal.returned.webhooks.Webhooks;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.standing.Suppressions;
import org.tidings.site.Jobs;
import org.tidings.site.Sql;
import org.tidings.site.Transactions;

/**
 * The ways in for returned mail and what follows. Whatever way a mail comes, it is stored first ({@link KeepingMails}), then it is handled
 * ({@link HandlingMails}).
 */
public final class ReturnedPost {

    private final ThreadFactory threads;
    private final ReturnedMailBook book;
    private final Rounds rounds;
    private final ListeningForBounces listening;
    private final FetchingMailbox fetching;
    private final TakingReports taking;
    private final HandlingMails handling;
    private final ShowingReturnedMail showing;

    /** What it is made of. */
    public record Parts(
            MailSettings mail,
            DataSource dataSource,
            Transactions transactions,
            Clock clock,
            SiteSecret secret,
            Suppressions suppressions,
            Iterable<IncomingMail> incoming,
            Consumer<AddressComplained> complained,
            ThreadFactory threads,
            Jobs jobs) {}

    /** @param configuration gives the value of a key by its name */
    public ReturnedPost(Function<String, Optional<String>> configuration, Parts parts) {
        ReturnSettings settings = ReturnSettings.read(configuration);
        Transactions transactions = parts.transactions();
        Clock clock = parts.clock();
        threads = parts.threads();
        book = new ReturnedMailBook(parts.dataSource());
        rounds = new Rounds(threads);
        Webhooks webhooks =
                Webhooks.read(configuration, clock, work -> rounds.thread("tidings-sns-confirmation", work));
        Verp verp = new Verp(parts.secret().keyFor("verp"), domain(parts.mail()));
        KeepingMails keeping = new KeepingMails(transactions, book, clock, rounds);
        listening = new ListeningForBounces(settings, parts.mail(), verp, parts.incoming(), keeping, clock);
        fetching = new FetchingMailbox(settings, transactions, book, clock, keeping, rounds, parts.jobs());
        taking = new TakingReports(webhooks, keeping, clock);
        handling = new HandlingMails(transactions, book, handler(parts, verp, webhooks), clock, rounds, parts.jobs());
        showing = new ShowingReturnedMail(book, listening, fetching, webhooks);
    }

    private ReturnedMailHandler handler(Parts parts, Verp verp, Webhooks webhooks) {
        return new ReturnedMailHandler(
                book,
                new ReturnedMailReader(verp),
                webhooks,
                new ReportEffects(
                        new KeyedHashes(parts.secret()),
                        parts.suppressions(),
                        new Sql(parts.dataSource()),
                        parts.incoming(),
                        parts.complained()),
                parts.clock());
    }

    /** Of the addresses in our mails that something comes back to. */
    static String domain(MailSettings mail) {
        return mail.bounceDomain().isEmpty() ? mail.domain() : mail.bounceDomain();
    }

    public void start() {
        if (rounds.begin()) {
            handling.start();
            fetching.start();
            listening.start(threads);
        }
    }

    public void stop() {
        rounds.end();
        listening.stop();
    }

    /** Waits for the mail that is being handled and the one that is being fetched; the mailbox is free for another node then. */
    public void awaitEnd(Duration patience) {
        if (rounds.awaitEnd(patience)) {
            fetching.giveBack();
        }
    }

    public ReturnedMailBook book() {
        return book;
    }

    public ReturnedMails mails() {
        return showing;
    }

    public ProviderReports reports() {
        return taking;
    }

    public Receiving receiving() {
        return listening;
    }

    ListeningForBounces listening() {
        return listening;
    }

    HandlingMails handling() {
        return handling;
    }
}
