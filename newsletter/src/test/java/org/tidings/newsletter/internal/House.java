package org.tidings.newsletter.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.tidings.accounts.AccountId;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.testing.FakeMailings;
import org.tidings.mail.testing.FakeOutbox;
import org.tidings.mail.testing.FakeRestoredDatabase;
import org.tidings.mail.testing.FakeSiteSecret;
import org.tidings.mail.testing.FakeSuppressedAddresses;
import org.tidings.mail.testing.MovableClock;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.newsletter.CurrentPolicy;
import org.tidings.newsletter.NewsletterAccess;
import org.tidings.newsletter.NewsletterDetails;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.internal.importing.ImportLimits;
import org.tidings.newsletter.internal.webhooks.Happenings;
import org.tidings.site.Site;
import org.tidings.site.Sql;

/** The whole module on a test database, put together by hand. */
final class House implements AutoCloseable {

    /** A secret of somebody's browser. */
    static final String BROWSER = "a browser";

    private static final AtomicInteger COUNTER = new AtomicInteger();

    final TestDatabase database;
    final MovableClock clock = MovableClock.standing();
    final FakeOutbox outbox = new FakeOutbox();
    final FakeAccounts accounts = new FakeAccounts();
    final FakeAuditLog auditLog = new FakeAuditLog();
    final AccountId staff = new AccountId(SubscriptionBook.newId());
    final Sql sql;
    final UnsubscribeTokens tokens;
    final SubscriptionBook book;
    final List<HearsSubscriptions> hearing = new ArrayList<>();
    final StoredWords words;
    final Happenings happenings;
    final Pauses pauses;
    final CountingLeavings leavings;
    final ReaderLetters letters;
    final SubscriptionStanding subscriptionStanding;
    final StoredNewsletters newsletters;
    final FakeFormMail formMail = new FakeFormMail();
    final KeptAliases aliases;
    final Admission admission;
    final AskingToConfirm confirming;
    final InvitingReaders inviting;
    final SubscriptionRequests requests;
    final AnsweringSubscribers answering;
    final JdbcSubscriptions subscriptions;
    final SittingLinks links;
    final MailedSittings sittings;
    final TokenPreferences preferences;
    final AccountFacts facts;
    final FakeSuppressedAddresses suppressed = new FakeSuppressedAddresses();
    final List<EmailAddress> erased = new ArrayList<>();
    final ErasedVisitors erasedVisitors;
    final UnsubscribeMailbox mailbox;
    final ComplaintFacts complaints;
    final ReaderAudience audience;
    final SubscriberStanding standing;
    final FakeMailings mailings;
    final FakeRestoredDatabase restored = new FakeRestoredDatabase();
    final StoredIssues issues;
    final JdbcSubscribers subscribers;
    final Settings settings;
    final StoredImports imports;
    final SubscriptionData data;
    final Housekeeping housekeeping;
    final StoredAttributes attributes;
    final StoredTags tags;
    final StoredSegments segments;
    final KeptReaders readers;

    House(TestDatabase database) {
        this.database = database;
        settings = new Settings(
                new Site("https://tidings.example", "Tidings"),
                Optional.of("unsub@example.com"),
                Duration.ofSeconds(30),
                Duration.ofHours(24),
                new ImportLimits(50_000, 64L * 1024 * 1024, folder()));
        sql = new Sql(database.dataSource());
        tokens = new UnsubscribeTokens(new FakeSiteSecret());
        CurrentPolicy policy = () -> "2026-01";
        book = new SubscriptionBook(sql, List.of(policy), new FakeSiteSecret(), clock, hearing);
        happenings = new Happenings(database.dataSource(), clock);
        words = new StoredWords(auditLog, settings, clock, database.dataSource());
        pauses = new Pauses(database.dataSource());
        leavings = new CountingLeavings(database.dataSource());
        letters = new ReaderLetters(outbox, database.dataSource());
        subscriptionStanding = new SubscriptionStanding(database.dataSource(), clock);
        newsletters = new StoredNewsletters(database.entityManager("newsletter"), auditLog, settings, words, clock);
        aliases = new KeptAliases(database.dataSource(), newsletters, auditLog);
        requests = new SubscriptionRequests(database.dataSource());
        links = new SittingLinks(book, database.dataSource());
        admission = new Admission(newsletters, book, database.dataSource());
        confirming = new AskingToConfirm(book, newsletters, words, outbox, settings, database.dataSource());
        inviting = new InvitingReaders(book, newsletters, accounts, suppressed, confirming, auditLog);
        answering = new AnsweringSubscribers(
                requests, book, admission, confirming, accounts, formMail, outbox, tokens, links, settings);
        subscriptions = new JdbcSubscriptions(
                book,
                pauses,
                newsletters,
                accounts,
                requests,
                confirming,
                admission,
                suppressed,
                tokens,
                settings,
                database.dataSource());
        audience = new ReaderAudience(database.dataSource(), tokens, settings, clock);
        mailings = new FakeMailings(clock, audience);
        data = new SubscriptionData(book, newsletters, database.dataSource());
        attributes = new StoredAttributes(database.dataSource(), auditLog, clock);
        tags = new StoredTags(database.dataSource(), auditLog, clock);
        sittings = new MailedSittings(
                book,
                newsletters,
                admission,
                requests,
                links,
                new ReaderCopy(
                        data,
                        new IssuesSentData(book, mailings, database.dataSource()),
                        letters,
                        database.dataSource()),
                outbox,
                letters,
                suppressed,
                erased::add);
        preferences = new TokenPreferences(book, pauses, leavings, newsletters, subscriptions, sittings, tokens);
        mailbox = new UnsubscribeMailbox(preferences, book, tokens, settings);
        complaints = new ComplaintFacts(book);
        facts = new AccountFacts(book, newsletters, outbox, letters);
        erasedVisitors = new ErasedVisitors(requests, book, letters, suppressed);
        standing = new SubscriberStanding(database.dataSource());
        issues = new StoredIssues(
                database.entityManager("newsletter"),
                mailings,
                outbox,
                audience,
                accounts,
                auditLog,
                restored,
                settings,
                words,
                happenings,
                clock);
        hearing.add(new WebhookFacts(book, happenings));
        hearing.add(new Welcoming(book, newsletters, words, issues, audience, tokens, outbox, database.dataSource()));
        subscribers = new JdbcSubscribers(database.dataSource(), book, newsletters, suppressed, auditLog, settings);
        imports = anotherNode();
        housekeeping = new Housekeeping(book, pauses, database.dataSource());
        segments = new StoredSegments(
                database.dataSource(), database.entityManager("newsletter"), mailings, auditLog, clock);
        IssuesSentData sent = new IssuesSentData(book, mailings, database.dataSource());
        readers = new KeptReaders(
                accounts,
                book,
                newsletters,
                subscriptions,
                attributes,
                tags,
                new ReaderCopy(data, sent, letters, database.dataSource()),
                sent,
                sittings,
                mailings,
                suppressed,
                auditLog,
                database.dataSource());
    }

    /** As it would work on another machine. */
    StoredImports anotherNode() {
        return new StoredImports(
                database.dataSource(), book, newsletters, suppressed, auditLog, database.transactions(), settings);
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("imports");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A newsletter that can be subscribed to. */
    NewsletterId newsletter(String name) {
        return newsletter(name, true);
    }

    NewsletterId newsletter(String name, boolean offered) {
        return database.call(() -> newsletters.create(details(name, offered), staff));
    }

    NewsletterId newsletter(String name, NewsletterAccess access) {
        return database.call(() -> newsletters.create(
                new NewsletterDetails(
                        "n" + COUNTER.incrementAndGet(),
                        name,
                        "What is new.",
                        Locale.ENGLISH,
                        "weekly",
                        "",
                        true,
                        access),
                staff));
    }

    static NewsletterDetails details(String name, boolean offered) {
        return new NewsletterDetails(
                "n" + COUNTER.incrementAndGet(), name, "What is new.", Locale.ENGLISH, "weekly", "", offered);
    }

    /** A new address at a domain that is nobody's. */
    static EmailAddress address() {
        return EmailAddress.parse("reader" + COUNTER.incrementAndGet() + "@example.org");
    }

    /** Subscribes by double opt-in. */
    EmailAddress reader(NewsletterId newsletter) {
        EmailAddress address = address();
        request(newsletter, address);
        database.inTransaction(() -> subscriptions.confirm(tokenOfNewestLink()));
        return address;
    }

    /** Asks to subscribe, and has it answered. */
    void request(NewsletterId newsletter, EmailAddress address) {
        database.inTransaction(() -> subscriptions.request(Set.of(newsletter), address, Locale.ENGLISH, "somewhere"));
        answer();
    }

    /** What the schedule does. */
    void answer() {
        database.call(answering::waiting).forEach(id -> database.inTransaction(() -> answering.answer(id)));
    }

    String tokenOfNewestLink() {
        String link = outbox.newestLink();
        return link.substring(link.lastIndexOf('/') + 1);
    }

    SubscriptionBook.Entry entry(EmailAddress address, NewsletterId newsletter) {
        return database.call(() -> book.byAddress(address)
                .flatMap(s -> book.find(s.id(), newsletter.value()))
                .orElseThrow());
    }

    /** As it stands in an issue. */
    String token(EmailAddress address, NewsletterId newsletter) {
        return tokens.tokenFor(entry(address, newsletter).id(), address);
    }

    /** The link to everything, opened by {@link #BROWSER}. */
    String sitting(EmailAddress address) {
        database.inTransaction(() -> sittings.request(address, Locale.ENGLISH, "somewhere"));
        answer();
        String token = tokenOfNewestLink();
        database.inTransaction(() -> sittings.open(token, BROWSER));
        return token;
    }

    @Override
    public void close() {
        database.close();
    }
}
