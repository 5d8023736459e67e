package org.tidings.mail.internal.generations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.RestoredDatabase;
import org.tidings.mail.internal.generations.FolderMemory.Memory;
import org.tidings.mail.internal.tables.Sql;
import org.tidings.site.Transactions;

/**
 * Notices that an older database was put back. Every few seconds this process leaves a numbered sign of life in the database, and
 * then in its data folder ({@link FolderMemory}). A database that has fewer of them than the folder remembers, or none of this folder,
 * is older than the folder: a new generation of the data begins, in the same transaction in which everything stands still.
 *
 * <p>It is noticed at the start, before anything is sent, and while the process runs, when a standby takes over that lacks the last
 * transactions. A folder that remembers an earlier generation needs not ask: somebody has noticed since. A new folder remembers nothing.
 */
public final class Generations implements RestoredDatabase {

    private static final Logger LOG = Logger.getLogger(Generations.class.getName());
    private static final String FIRST = "FIRST";

    private final Sql sql;
    private final Transactions transactions;
    private final Clock clock;
    private final FolderMemory file;
    private final Standstill standstill;
    /** Null until the first sign of life. */
    private @Nullable Memory memory;

    private volatile int generation;

    private record Generation(int number, UUID site, Optional<OffsetDateTime> putBackAt) {
        static Generation read(ResultSet row) throws SQLException {
            return new Generation(row.getInt("number"), Sql.id(row, "site"), Sql.timeOrNone(row, "put_back_at"));
        }
    }

    public Generations(Sql sql, Transactions transactions, Clock clock, FolderMemory file, Standstill standstill) {
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
        this.file = file;
        this.standstill = standstill;
    }

    /**
     * Compares the database with what is remembered, and leaves a sign of life in both.
     *
     * @throws java.io.UncheckedIOException with a sentence for the operator, when the folder's file cannot be read or written
     */
    public synchronized void signOfLife() {
        Known before = memory == null ? recall() : new Known(Optional.of(memory), Optional.empty());
        Memory now = transactions.call(() -> leave(before));
        // After the commit: the folder never remembers what the database does not know.
        file.write(now);
        memory = now;
        generation = now.generation();
    }

    /**
     * What this process had committed is not there: the database is older, though by less than its signs of life tell. One that was
     * noticed since, and that staff have not looked at, needs not be noticed again.
     */
    public synchronized void transactionsAreLost() {
        Known known = memory == null ? recall() : new Known(Optional.of(memory), Optional.empty());
        transactions.run(() -> {
            Generation seen = current().orElseGet(this::first);
            sql.list("select 1 from mail.generations where number = ? for update", row -> 1, seen.number());
            Generation current = current().orElseThrow();
            if (!isOpen(current)) {
                begin(Cause.OLDER, known.memory(), current);
            }
        });
        signOfLife();
    }

    private boolean isOpen(Generation generation) {
        return sql.number(
                        "select count(*) from mail.generations where number = ? and settled_at is null and cause <> ?",
                        generation.number(),
                        FIRST)
                > 0;
    }

    /**
     * What there is to compare the database with.
     *
     * @param cause known before it was compared
     */
    private record Known(Optional<Memory> memory, Optional<Cause> cause) {}

    private Known recall() {
        if (file.saysRestored()) {
            return new Known(Optional.empty(), Optional.of(Cause.PUT_BACK));
        }
        try {
            return new Known(file.read(), Optional.empty());
        } catch (FolderMemory.Unreadable e) {
            LOG.warning(() -> file.path()
                    + " cannot be understood, so nobody can tell whether the database is older than this data folder.");
            return new Known(Optional.empty(), Optional.of(Cause.OLDER));
        }
    }

    private Memory leave(Known known) {
        Generation current = current().orElseGet(this::first);
        Optional<Cause> older = olderThan(known, current);
        if (older.isPresent()) {
            // Of two nodes that notice the same, the second finds a generation that it does not know.
            sql.list("select 1 from mail.generations where number = ? for update", row -> 1, current.number());
            current = current().orElseThrow();
            older = olderThan(known, current);
        }
        if (older.isPresent()) {
            current = begin(older.get(), known.memory(), current);
        }
        UUID folder = known.memory().map(Memory::folder).orElseGet(UUID::randomUUID);
        if (sql.update("update mail.data_folders set beats = beats + 1, at = current_timestamp where id = ?", folder)
                == 0) {
            sql.update("insert into mail.data_folders (id, beats, at) values (?, 1, current_timestamp)", folder);
        }
        int number = current.number();
        UUID site = current.site();
        return sql.first(
                        "select beats, at from mail.data_folders where id = ?",
                        row -> new Memory(site, number, folder, row.getLong("beats"), Sql.time(row, "at")),
                        folder)
                .orElseThrow();
    }

    private static final String NEWEST =
            "select number, site, put_back_at from mail.generations order by number desc limit 1";

    private Optional<Generation> current() {
        return sql.first(NEWEST, Generation::read);
    }

    /** The database is new, or from before there were generations. */
    private Generation first() {
        sql.update(
                "insert into mail.generations (number, site, began_at, cause) values (1, ?, ?, ?) on conflict do nothing",
                UUID.randomUUID(),
                now(),
                FIRST);
        return current().orElseThrow();
    }

    private Optional<Cause> olderThan(Known known, Generation current) {
        if (current.putBackAt().isPresent()) {
            return Optional.of(Cause.PUT_BACK);
        }
        return known.cause().or(() -> known.memory().flatMap(memory -> olderThan(memory, current)));
    }

    private Optional<Cause> olderThan(Memory known, Generation current) {
        if (!known.site().equals(current.site())) {
            return Optional.of(Cause.FOREIGN);
        }
        if (known.generation() < current.number()) {
            return Optional.empty();
        }
        boolean older = known.generation() > current.number()
                || sql.number("select beats from mail.data_folders where id = ?", known.folder()) < known.beats();
        return older ? Optional.of(Cause.OLDER) : Optional.empty();
    }

    private Generation begin(Cause cause, Optional<Memory> known, Generation current) {
        OffsetDateTime at = now();
        int remembered = known.filter(memory -> memory.site().equals(current.site()))
                .map(Memory::generation)
                .orElse(0);
        int number = Math.max(current.number(), remembered) + 1;
        Optional<OffsetDateTime> databaseOf = sql.first(
                        "select max(at) as newest from mail.data_folders", row -> Sql.timeOrNone(row, "newest"))
                .flatMap(newest -> newest);
        Optional<OffsetDateTime> rememberedOf = current.putBackAt().or(() -> known.map(Memory::at));
        sql.update(
                "insert into mail.generations (number, site, began_at, cause, database_of, remembered_of)"
                        + " values (?, ?, ?, ?, ?, ?)",
                number,
                current.site(),
                at,
                cause.name(),
                databaseOf.orElse(null),
                rememberedOf.orElse(null));
        standstill.begin(at);
        LOG.warning(() -> (cause == Cause.FOREIGN
                        ? "THE DATABASE IS NOT THE ONE THAT THIS DATA FOLDER KNOWS"
                        : "THE DATABASE IS OLDER THAN THIS SERVER")
                + databaseOf.map(time -> ", it knows nothing after " + time).orElse("")
                + rememberedOf.map(time -> "; remembered is " + time).orElse("")
                + ". What is missing may have been sent: mailings stand still and nothing begins by itself until somebody says on"
                + " the mail page that it is right.");
        return new Generation(number, current.site(), Optional.empty());
    }

    @Override
    public Optional<Noticed> noticed() {
        return sql.first(
                "select * from mail.generations where settled_at is null and cause <> ? order by number desc limit 1",
                row -> new Noticed(
                        Cause.valueOf(row.getString("cause")),
                        Sql.time(row, "began_at"),
                        Sql.timeOrNone(row, "database_of"),
                        Sql.timeOrNone(row, "remembered_of"),
                        standstill.mailings()),
                FIRST);
    }

    @Override
    public int generation() {
        return generation;
    }

    @Override
    public int goOn() {
        OffsetDateTime at = now();
        int settled = sql.update(
                "update mail.generations set settled_at = ? where settled_at is null and cause <> ?", at, FIRST);
        return settled == 0 ? 0 : standstill.end(at);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
