package org.tidings.mail.internal.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Addressee;
import org.tidings.mail.Appearance;
import org.tidings.mail.Audience;
import org.tidings.mail.AudienceCount;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.Delivery;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.Diagnostic;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingContent;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingOrder;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.MailingState;
import org.tidings.mail.Mailings;
import org.tidings.mail.RenderedMail;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.composing.MessageTemplate;
import org.tidings.mail.internal.composing.RunningMailing;
import org.tidings.mail.internal.layout.MailLayout;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.outcomes.Codes;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.standing.People;
import org.tidings.mail.internal.standing.Suppression;
import org.tidings.mail.internal.standing.Suppressions;
import org.tidings.mail.internal.standing.WhoMayBeWrittenTo;
import org.tidings.site.Now;
import org.tidings.site.Sql;

/** Mailings as rows. Sending them is the {@code SendingEngine}'s business. */
public final class MailingBook implements Mailings {

    private static final int PAGE = 5_000;
    private static final int MAX_PAGE = 10_000;
    private static final long RATE_WINDOW_SECONDS = 10;

    private final Sql sql;
    private final Clock clock;
    private final MailLayout layout;
    private final StartingMailings starting;
    private final LoadingMailings loading;
    private final People people;
    private final Suppressions suppressions;
    private final KeyedHashes hashes;
    private final WhoGotIt whoGotIt;
    private final Books books;
    private final Machine machine;
    private final Map<Integer, Deque<Sample>> samples = new ConcurrentHashMap<>();

    /** How many had been handed over at a moment. */
    private record Sample(long nanos, long sent) {}

    public MailingBook(
            Sql sql,
            Clock clock,
            MailSettings settings,
            People people,
            Suppressions suppressions,
            KeyedHashes hashes,
            Machine machine) {
        this.sql = sql;
        this.clock = clock;
        this.layout = new MailLayout(settings.siteName(), settings.postalAddress(), settings.theme());
        this.starting = new StartingMailings(sql, clock, settings, layout, people, machine);
        this.loading = new LoadingMailings(sql, settings);
        this.people = people;
        this.suppressions = suppressions;
        this.hashes = hashes;
        this.machine = machine;
        this.whoGotIt = new WhoGotIt(sql, clock, people);
        this.books = new Books(sql, people, clock);
    }

    private OffsetDateTime now() {
        return Now.by(clock);
    }

    @Override
    public AudienceCount count(String name, AudienceQuery query) {
        Audience audience = people.audience(name);
        AudienceCount counted = audience.count(query);
        if (suppressions.none()) {
            return counted;
        }
        Map<SkipReason, Long> leftOut = new EnumMap<>(SkipReason.class);
        leftOut.putAll(counted.leftOut());
        long recipients = counted.recipients();
        UUID after = null;
        List<Addressee> page;
        do {
            page = audience.after(query, after, PAGE);
            Map<UUID, Set<Suppression>> suppressed = suppressions.of(
                    page.stream().map(a -> hashes.of(a.address())).collect(Collectors.toSet()));
            if (!suppressed.isEmpty()) {
                for (Addressee addressee : page) {
                    boolean otherwise = WhoMayBeWrittenTo.whyNot(query.kind(), addressee.state(), Set.of())
                            .isEmpty();
                    Optional<SkipReason> whyNot = WhoMayBeWrittenTo.whyNot(
                            query.kind(),
                            addressee.state(),
                            suppressed.getOrDefault(hashes.of(addressee.address()), Set.of()));
                    if (otherwise && whyNot.isPresent()) {
                        recipients--;
                        leftOut.merge(whyNot.get(), 1L, Long::sum);
                    }
                }
            }
            if (!page.isEmpty()) {
                after = page.get(page.size() - 1).recipient();
            }
        } while (page.size() == PAGE);
        return new AudienceCount(Math.max(0, recipients), leftOut);
    }

    @Override
    public MailingId start(MailingOrder order) {
        return starting.start(order);
    }

    /** Reads and prepares a mailing. */
    public RunningMailing load(int number) {
        return loading.load(number);
    }

    /** The mailings that something is still to be done for, with their state. */
    public Map<Integer, MailingState> active() {
        Map<Integer, MailingState> states = new HashMap<>();
        sql.list(
                        "select number, state from mail.mailings where active order by number",
                        row -> Map.entry(row.getInt("number"), MailingState.valueOf(row.getString("state"))))
                .forEach(e -> states.put(e.getKey(), e.getValue()));
        return states;
    }

    /** How many of those expected are not decided yet, those reserved included. */
    public long toGo(RunningMailing mailing) {
        // Who was skipped for any other reason was not expected in the first place.
        long decided = sql.number(
                "select coalesce(sum(n), 0) from mail.mailing_counts where mailing = ? and what in (?, ?, ?, ?)",
                mailing.number(),
                Codes.HANDED_OVER,
                Codes.FAILED,
                Codes.SKIPPED + Codes.of(SkipReason.ADDRESS_NOT_REACHABLE),
                Codes.SKIPPED + Codes.of(SkipReason.EXPIRED));
        return Math.max(0, mailing.expected() - decided);
    }

    @Override
    public void pause(MailingId mailing) {
        sql.update(
                "update mail.mailings set state = 'PAUSED', stopped_at = null, stopped_reason = null, stopped_said = null"
                        + " where id = ? and state = 'RUNNING'",
                mailing.value());
    }

    @Override
    public void resume(MailingId mailing) {
        int resumed = sql.update(
                "update mail.mailings set state = 'RUNNING', stopped_at = null, stopped_reason = null, stopped_said = null"
                        + " where id = ? and state = 'PAUSED'",
                mailing.value());
        if (resumed > 0) {
            sql.first("select number from mail.mailings where id = ?", row -> row.getInt("number"), mailing.value())
                    .ifPresent(this::countRefusalsAnew);
        }
    }

    /** Whoever lets it go on has mended what kept it: the rule that stops it forgets what was before. */
    private void countRefusalsAnew(int mailing) {
        sql.update("update mail.mailings set resumed_at = ? where number = ?", now(), mailing);
        sql.update("delete from mail.mailing_minutes where mailing = ?", mailing);
    }

    @Override
    public boolean cancel(MailingId mailing) {
        // Locked as whoever reserves locks it: where nobody is reserved now, nobody will be.
        boolean untouched = sql.list(
                        "select claimed_to is null as untouched from mail.mailings where id = ? for update",
                        row -> row.getBoolean("untouched"),
                        mailing.value())
                .contains(true);
        sql.update(
                "update mail.mailings set state = 'CANCELLED', finished_at = ? where id = ? and state in ('RUNNING', 'PAUSED')",
                now(),
                mailing.value());
        return untouched;
    }

    private record Basics(
            UUID id,
            int number,
            MailingState state,
            long expected,
            OffsetDateTime createdAt,
            OffsetDateTime notBefore,
            Optional<OffsetDateTime> finishedAt,
            Optional<String> lastError) {
        static Basics read(ResultSet row) throws SQLException {
            return new Basics(
                    Sql.id(row, "id"),
                    row.getInt("number"),
                    MailingState.valueOf(row.getString("state")),
                    row.getLong("expected"),
                    Sql.time(row, "created_at"),
                    Sql.time(row, "not_before"),
                    Sql.timeOrNone(row, "finished_at"),
                    Sql.text(row, "last_error"));
        }
    }

    @Override
    public Optional<MailingProgress> progress(MailingId mailing) {
        return sql.first("select * from mail.mailings where id = ?", Basics::read, mailing.value())
                .map(this::progress);
    }

    @Override
    public List<MailingProgress> newest(int limit) {
        return sql
                .list(
                        "select * from mail.mailings order by created_at desc, number desc limit ?",
                        Basics::read,
                        Math.min(limit, MAX_PAGE))
                .stream()
                .map(this::progress)
                .toList();
    }

    private MailingProgress progress(Basics basics) {
        Map<Integer, Long> counts = new HashMap<>();
        sql.list(
                        "select what, n from mail.mailing_counts where mailing = ?",
                        row -> Map.entry(row.getInt("what"), row.getLong("n")),
                        basics.number())
                .forEach(e -> counts.put(e.getKey(), e.getValue()));
        Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
        for (SkipReason reason : SkipReason.values()) {
            long n = counts.getOrDefault(Codes.SKIPPED + Codes.of(reason), 0L);
            if (n > 0) {
                skipped.put(reason, n);
            }
        }
        long sent = counts.getOrDefault(Codes.HANDED_OVER, 0L);
        long failed = counts.getOrDefault(Codes.FAILED, 0L);
        boolean over = basics.state() == MailingState.FINISHED || basics.state() == MailingState.CANCELLED;
        long deferred = 0;
        long doubtful = counts.getOrDefault(Codes.WAS_DOUBTFUL, 0L);
        if (basics.state() != MailingState.FINISHED) {
            deferred = sql.number(
                    "select count(*) from mail.retries where mailing = ? and state <> ?",
                    basics.number(),
                    Codes.WAITING);
            doubtful += sql.number(
                    "select count(*) from mail.retries where mailing = ? and ever_doubtful", basics.number());
        }
        long toGo = over ? 0 : Math.max(deferred, basics.expected() - sent - failed - leftLater(skipped));
        return new MailingProgress(
                new MailingId(basics.id()),
                basics.state(),
                basics.expected(),
                sent,
                toGo,
                failed,
                deferred,
                doubtful,
                skipped,
                basics.state() == MailingState.RUNNING ? perSecond(basics.number(), sent) : 0,
                basics.createdAt(),
                basics.notBefore(),
                basics.finishedAt(),
                basics.lastError().map(Diagnostic::of));
    }

    /** Who was skipped without having been left out of the count; only those whom no count could foresee. */
    private static long leftLater(Map<SkipReason, Long> skipped) {
        return skipped.getOrDefault(SkipReason.ADDRESS_NOT_REACHABLE, 0L)
                + skipped.getOrDefault(SkipReason.EXPIRED, 0L);
    }

    /** Notes how many had been handed over; called again and again while a mailing runs. */
    public void sample(int number) {
        long sent = sql.number(
                "select n from mail.mailing_counts where mailing = ? and what = ?", number, Codes.HANDED_OVER);
        Deque<Sample> known = samples.computeIfAbsent(number, n -> new ArrayDeque<>());
        synchronized (known) {
            long now = machine.nanos();
            known.addLast(new Sample(now, sent));
            while (known.size() > 2 && now - known.getFirst().nanos() > RATE_WINDOW_SECONDS * 1_000_000_000L) {
                known.removeFirst();
            }
        }
    }

    public void forgetSamples(Set<Integer> active) {
        samples.keySet().retainAll(active);
    }

    private double perSecond(int number, long sent) {
        Deque<Sample> known = samples.get(number);
        if (known == null) {
            return 0;
        }
        synchronized (known) {
            Sample first = known.peekFirst();
            if (first == null) {
                return 0;
            }
            double seconds = (machine.nanos() - first.nanos()) / 1e9;
            return seconds < 0.2 ? 0 : Math.max(0, sent - first.sent()) / seconds;
        }
    }

    @Override
    public List<Delivery> deliveries(
            MailingId mailing, @Nullable DeliveryState state, @Nullable UUID after, int limit) {
        return whoGotIt.deliveries(mailing, state, after, limit);
    }

    @Override
    public List<Delivery> deliveries(MailingId mailing, Collection<UUID> recipients) {
        return whoGotIt.deliveries(mailing, recipients);
    }

    @Override
    public List<Delivery> deliveriesTo(List<UUID> recipients, int limit) {
        return whoGotIt.deliveriesTo(recipients, limit);
    }

    @Override
    public List<Delivery> deliveriesTo(MailingId mailing, EmailAddress address) {
        return whoGotIt.deliveriesTo(mailing, hashes.of(address));
    }

    @Override
    public Map<MailingId, String> titles(Collection<MailingId> mailings) {
        Map<MailingId, String> titles = new HashMap<>();
        sql.list(
                        "select id, title from mail.mailings where id = any (?)",
                        row -> Map.entry(new MailingId(Sql.id(row, "id")), row.getString("title")),
                        mailings.stream().map(MailingId::value).distinct().toList())
                .forEach(one -> titles.put(one.getKey(), one.getValue()));
        return titles;
    }

    @Override
    public long resendToFailed(MailingId mailing) {
        return sql.first(
                        "select number from mail.mailings where id = ? and state <> 'CANCELLED' for update",
                        row -> row.getInt("number"),
                        mailing.value())
                .map(number -> tryAgain(number, List.of(Codes.FAILED)))
                .orElse(0L);
    }

    @Override
    public long resendToRest(MailingId mailing, OffsetDateTime expiresAt) {
        Optional<Integer> number = sql.first(
                "select number from mail.mailings where id = ? for update",
                row -> row.getInt("number"),
                mailing.value());
        if (number.isEmpty()) {
            return 0;
        }
        long again = tryAgain(
                number.get(),
                List.of(
                        Codes.FAILED,
                        Codes.SKIPPED + Codes.of(SkipReason.CANCELLED),
                        Codes.SKIPPED + Codes.of(SkipReason.EXPIRED)));
        sql.update(
                "update mail.mailings set state = case when state = 'CANCELLED' then 'RUNNING' else state end, finished_at = null,"
                        + " expires_at = ? where number = ? and active",
                expiresAt,
                number.get());
        countRefusalsAnew(number.get());
        return again;
    }

    @Override
    public long sendToUnaccounted(MailingId mailing) {
        return overAndUnaccounted(mailing).map(books::sendToMissing).orElse(0L);
    }

    @Override
    public long writeOffUnaccounted(MailingId mailing) {
        return overAndUnaccounted(mailing).map(books::writeOff).orElse(0L);
    }

    private Optional<RunningMailing> overAndUnaccounted(MailingId mailing) {
        return sql.first(
                        "select number from mail.mailings where id = ? and not active and unaccounted > 0 for update",
                        row -> row.getInt("number"),
                        mailing.value())
                .map(this::load);
    }

    /** Mailings that finished before their books were looked at, the newest first. */
    public List<Integer> notLookedAt(OffsetDateTime keptSince) {
        return sql.list(
                "select number from mail.mailings where not active and unaccounted is null and finished_at >= ?"
                        + " order by number desc",
                row -> row.getInt("number"),
                keptSince);
    }

    public void lookAtBooksOf(int mailing) {
        books.look(load(mailing));
    }

    public Books books() {
        return books;
    }

    /** Takes what ended so out of the ledger and lets it wait for another try. The mailing's row is locked. */
    private long tryAgain(int mailing, List<Integer> outcomes) {
        long all = 0;
        for (int what : outcomes) {
            int doubtfulToo = what + Codes.WAS_DOUBTFUL;
            int again = sql.update(
                    "insert into mail.retries (mailing, recipient, state, attempts, ever_doubtful, next_try, at, server, reply)"
                            + " select mailing, recipient, " + Codes.WAITING
                            + ", attempts, outcome >= 100, cast(? as timestamp with time zone), at, server, reply"
                            + " from mail.deliveries where mailing = ? and outcome in (?, ?)",
                    now(),
                    mailing,
                    what,
                    doubtfulToo);
            if (again > 0) {
                long doubtful = sql.update(
                        "delete from mail.deliveries where mailing = ? and outcome = ?", mailing, doubtfulToo);
                sql.update("delete from mail.deliveries where mailing = ? and outcome = ?", mailing, what);
                lower(mailing, what, again);
                lower(mailing, Codes.WAS_DOUBTFUL, doubtful);
                all += again;
            }
        }
        if (all > 0) {
            sql.update(
                    "update mail.mailings set state = case when state = 'FINISHED' then 'RUNNING' else state end, active = true,"
                            + " finished_at = null where number = ?",
                    mailing);
            countRefusalsAnew(mailing);
        }
        return all;
    }

    private void lower(int mailing, int what, long by) {
        sql.update("update mail.mailing_counts set n = n - ? where mailing = ? and what = ?", by, mailing, what);
    }

    @Override
    public void stopAll() {
        sql.update("update mail.switches set thrown = true where name = 'all-stopped'");
    }

    @Override
    public void allowAll() {
        sql.update("update mail.switches set thrown = false where name = 'all-stopped'");
    }

    @Override
    public boolean allStopped() {
        return sql.number("select count(*) from mail.switches where name = 'all-stopped' and thrown") > 0;
    }

    @Override
    public RenderedMail preview(
            MailKind kind, MailingContent content, Map<String, String> slots, Appearance appearance) {
        return MessageTemplate.filled(
                layout.render(kind.messageClass(), content.subject(), content.body(), appearance), slots);
    }
}
