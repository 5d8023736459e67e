package org.tidings.mail.internal.simulation;

import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database server of a world: real tables and transactions, between whose statements anything may happen. It breathes before and
 * after each statement; it may refuse one, take its time, lose the connection before a commit, in it or after it, or be down.
 *
 * <p>Who waits for a lock waits in the world's time. Of two that wait for each other one is told so, as PostgreSQL does after a second.
 */
public final class SimulatedDatabase {

    private static final long DEADLOCK_NANOS = 1_000_000_000L;
    private static final long H2_LOCK_TIMEOUT_NANOS = 10_000_000_000L;
    /** Of an unreachable server a client hears so late. */
    private static final long UNREACHABLE_MILLIS = 3_000;

    private final World world;
    private final Storage storage;
    private final boolean postgres;
    private final Chance chance;
    private final List<Session> open = new ArrayList<>();
    private final Set<SimulatedProcess> cutOff = new HashSet<>();
    private final Locks locks;
    private final World.WaitingRoom lockWaiters;
    private final Map<String, String> translated = new HashMap<>();
    private boolean down;

    /** So many of a thousand statements are refused, and lose their connection before or after they are executed. */
    public int statementsFail;
    /** So many of a thousand commits are lost: before they are done, after, or some time after. */
    public int commitsFail;
    /** So many of a thousand statements take long, and how long at most. */
    public int statementsTakeLong;

    public long longestMillis = 100;
    /** What a mutant of the engine would say instead. */
    public UnaryOperator<String> rewriting = sql -> sql;
    /** As the product had it once: every statement commits by itself. */
    public boolean everyStatementCommits;

    /** @param postgres whether it says so, and knows locks on keys; else it belongs to one process at a time */
    public SimulatedDatabase(World world, Storage storage, boolean postgres, UnaryTime clock) {
        this.world = world;
        this.storage = storage;
        this.postgres = postgres;
        this.chance = world.chance().split();
        this.locks = storage.locks();
        this.lockWaiters = world.waitingRoom();
        storage.empty(clock::now);
    }

    /** The server's own clock. */
    @FunctionalInterface
    public interface UnaryTime {
        OffsetDateTime now();
    }

    /** A failure that is no fault of the engine's. */
    public static final class Failed extends SQLException {
        private static final long serialVersionUID = 1L;

        Failed(String reason, String state) {
            super(reason, state);
        }
    }

    private static SQLException lost() {
        return new Failed("simulated: the connection is lost", "08006");
    }

    /** Connections for a process. They commit each statement unless told otherwise. */
    public DataSource pool(SimulatedProcess owner) {
        owner.atItsEnd(() -> {
            for (Session session : List.copyOf(open)) {
                if (session.owner == owner) {
                    session.end();
                }
            }
        });
        return new Pool(owner);
    }

    public boolean isDown() {
        return down;
    }

    /** All connections are gone, and what was not committed. */
    public void goDown() {
        world.note("database is down", "");
        down = true;
        List.copyOf(open).forEach(Session::end);
    }

    public void comeUp() {
        world.note("database is up", "");
        down = false;
    }

    /** Out of reach for one process; the server notices some time later. */
    public void cutOff(SimulatedProcess process) {
        world.note("database is out of reach for", process.name());
        cutOff.add(process);
        for (Session session : List.copyOf(open)) {
            if (session.owner == process) {
                session.leaveBehind(false, chance.nanos(0, 20_000));
            }
        }
    }

    public void reach(SimulatedProcess process) {
        if (cutOff.remove(process)) {
            world.note("database is within reach again for", process.name());
        }
    }

    private final class Pool implements DataSource {
        private final SimulatedProcess owner;

        Pool(SimulatedProcess owner) {
            this.owner = owner;
        }

        @Override
        public Connection getConnection() throws SQLException {
            world.breathe();
            if (down || cutOff.contains(owner)) {
                world.sleep(chance.nanos(0, UNREACHABLE_MILLIS));
                if (down || cutOff.contains(owner)) {
                    throw lost();
                }
            }
            Session session = new Session(owner);
            open.add(session);
            return session.connection();
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public @Nullable PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("wraps nothing");
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }

    /** One connection, as client and server see it. */
    private final class Session {
        private final SimulatedProcess owner;
        private final Storage.Line line = storage.take();
        private boolean autoCommit = true;
        private Set<Object> waitsFor = Set.of();
        /** What PostgreSQL calls {@code idle_in_transaction_session_timeout}; 0 for none. */
        private long longestSilence;

        private long heardAt;
        private boolean busy;
        /** For the client it is gone. */
        private boolean gone;
        /** The server refused a statement: nothing but the end of the transaction is of use. */
        private boolean failed;
        /** The server has let it go. */
        private boolean ended;

        Session(SimulatedProcess owner) {
            this.owner = owner;
        }

        Connection connection() {
            return (Connection) Proxy.newProxyInstance(
                    SimulatedDatabase.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> onConnection(method.getName(), given(arguments)));
        }

        private @Nullable Object onConnection(String method, Object[] arguments) throws SQLException {
            switch (method) {
                case "prepareStatement" -> {
                    return new Statement(this, (String) arguments[0]).proxy();
                }
                case "createArrayOf" -> {
                    return line.connection().createArrayOf((String) arguments[0], (Object[]) arguments[1]);
                }
                case "setAutoCommit" -> {
                    autoCommit = (Boolean) arguments[0];
                    return null;
                }
                case "getAutoCommit" -> {
                    return autoCommit;
                }
                case "getMetaData" -> {
                    return Proxy.newProxyInstance(
                            SimulatedDatabase.class.getClassLoader(),
                            new Class<?>[] {DatabaseMetaData.class},
                            (p, m, a) -> postgres ? "PostgreSQL" : "H2");
                }
                case "isWrapperFor" -> {
                    return false;
                }
                case "unwrap" -> {
                    return connection(); // there is no pool around it
                }
                case "isClosed" -> {
                    return gone;
                }
                case "commit" -> commit();
                case "rollback" -> rollback();
                case "abort" -> end();
                case "close" -> end();
                default -> throw new UnsupportedOperationException(method);
            }
            return null;
        }

        private void checkUsable() throws SQLException {
            endIfSilent();
            if (gone) {
                throw lost();
            }
            if (failed) {
                throw new Failed("simulated: current transaction is aborted", "25P02");
            }
        }

        private void commit() throws SQLException {
            world.breathe();
            checkUsable();
            if (chance.perMille(commitsFail)) {
                loseInCommit();
                throw lost();
            }
            world.note("commits", "");
            commitNow();
            world.breathe();
            if (gone) {
                throw lost();
            }
        }

        private void loseInCommit() throws SQLException {
            switch (chance.between(0, 3)) {
                case 0 -> {
                    world.note("connection lost before the commit", "");
                    end();
                }
                case 1, 2 -> {
                    world.note("commits, and the answer is lost", "");
                    commitNow();
                    end();
                }
                default -> {
                    world.note("connection lost in the commit", "");
                    leaveBehind(chance.percent(70), chance.nanos(1, 8_000));
                }
            }
        }

        private void commitNow() throws SQLException {
            line.connection().commit();
            letGo();
        }

        private void rollback() throws SQLException {
            if (owner.isDead()) {
                return;
            }
            world.note("rolls back", "");
            if (gone) {
                throw lost();
            }
            failed = false;
            line.connection().rollback();
            letGo();
        }

        private void letGo() {
            waitsFor = Set.of();
            longestSilence = 0;
            locks.release(this);
            lockWaiters.callAll();
        }

        /** The server closes it; what was not committed is not there. */
        void end() {
            gone = true;
            if (ended) {
                return;
            }
            ended = true;
            open.remove(this);
            try {
                line.connection().rollback();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            letGo();
            storage.give(line);
        }

        /** For the client it is over; the server has the transaction still open, with all that it locks. */
        void leaveBehind(boolean commits, long nanos) {
            gone = true;
            if (ended) {
                return;
            }
            SimulatedProcess server = world.process("database", owner.host());
            Thread later = world.thread(server, () -> {
                world.sleep(nanos);
                if (!ended && commits) {
                    world.note("commits at last what was lost by", owner.name());
                    try {
                        commitNow();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }
                end();
            });
            later.setName("left behind");
            later.start();
        }

        /** The server waits for the next statement of a transaction, but not for ever. */
        private void endIfSilent() {
            if (longestSilence > 0 && !busy && world.now() - heardAt > longestSilence) {
                world.note("has been silent in a transaction for too long", owner.name());
                end();
            }
        }

        /** Executes, waiting for locks where it must. */
        <T> T execute(String sql, @Nullable Object[] arguments, Executing<T> executing) throws SQLException {
            world.breathe();
            checkUsable();
            busy = true;
            try {
                return executeNow(sql, arguments, executing);
            } finally {
                busy = false;
                heardAt = world.now();
                if (sql.contains("'idle_in_transaction_session_timeout', '10s'")) {
                    longestSilence = 10_000_000_000L;
                }
            }
        }

        private <T> T executeNow(String sql, @Nullable Object[] arguments, Executing<T> executing) throws SQLException {
            if (chance.perMille(statementsTakeLong)) {
                world.sleep(chance.nanos(1, longestMillis));
                checkUsable();
            }
            int how = chance.perMille(statementsFail) ? chance.between(0, 2) : -1;
            if (how == 0) {
                world.note("refuses", sql);
                failed = !autoCommit;
                throw new Failed("simulated: the statement was refused", "57014");
            }
            if (how == 1) {
                world.note("connection lost before", sql);
                end();
                throw lost();
            }
            lock(sql, arguments);
            world.note(sql, last(arguments));
            T result = executed(executing);
            if (how == 2) {
                world.note("connection lost after", sql);
                end();
                throw lost();
            }
            if (autoCommit || everyStatementCommits) {
                if (autoCommit && chance.perMille(commitsFail)) {
                    loseInCommit();
                    throw lost();
                }
                commitNow();
            }
            return result;
        }

        private <T> T executed(Executing<T> executing) throws SQLException {
            try {
                return executing.execute();
            } catch (SQLException e) {
                if (Storage.Line.isLocked(e)) {
                    throw new IllegalStateException("a lock that the simulator did not see", e);
                }
                failed = !autoCommit && postgres;
                throw e;
            }
        }

        private static Object last(@Nullable Object[] arguments) {
            Object last = arguments.length == 0 ? null : arguments[arguments.length - 1];
            return last == null || last instanceof java.sql.Array || last instanceof byte[] ? "" : last;
        }

        private void lock(String sql, @Nullable Object[] arguments) throws SQLException {
            long since = world.now();
            while (true) {
                waitsFor = locks.take(this, sql, arguments, line);
                if (waitsFor.isEmpty()) {
                    return;
                }
                world.note("waits for a lock", sql);
                for (Object holder : waitsFor) {
                    ((Session) holder).endIfSilent();
                }
                boolean called = lockWaiters.await(postgres ? DEADLOCK_NANOS : H2_LOCK_TIMEOUT_NANOS);
                checkUsable();
                if (!postgres && world.now() - since >= H2_LOCK_TIMEOUT_NANOS) {
                    waitsFor = Set.of();
                    throw new Failed("simulated: timeout trying to lock table", "HYT00");
                }
                if (!called && isInACircle(this, new HashSet<>())) {
                    world.note("deadlock", sql);
                    waitsFor = Set.of();
                    failed = !autoCommit;
                    throw new Failed("simulated: deadlock detected", "40P01");
                }
            }
        }

        private boolean isInACircle(Session first, Set<Object> seen) {
            for (Object other : waitsFor) {
                boolean circle = other == first
                        || (seen.add(other) && other instanceof Session next && next.isInACircle(first, seen));
                if (circle) {
                    return true;
                }
            }
            return false;
        }
    }

    /** From PostgreSQL's language to that of the tables. */
    private String translate(String sql) {
        return sql.replace(" for key share", "")
                .replace("current_timestamp", storage.nowInSql())
                .replaceAll("set_config\\([^)]*\\)", "1");
    }

    /** A proxy is told null where there are no arguments. */
    private static Object[] given(Object @Nullable [] arguments) {
        return arguments == null ? new Object[0] : arguments;
    }

    private interface Executing<T> {
        T execute() throws SQLException;
    }

    /** A statement with its arguments, which is the server's only when it is executed. */
    private final class Statement {
        private final Session session;
        private final String sql;
        private final List<@Nullable Object> arguments = new ArrayList<>();
        private final List<@Nullable Object[]> batch = new ArrayList<>();

        Statement(Session session, String sql) {
            this.session = session;
            this.sql = rewriting.apply(sql);
        }

        PreparedStatement proxy() {
            return (PreparedStatement) Proxy.newProxyInstance(
                    SimulatedDatabase.class.getClassLoader(),
                    new Class<?>[] {PreparedStatement.class},
                    (proxy, method, given) -> onStatement(method.getName(), given(given)));
        }

        private @Nullable Object onStatement(String name, Object[] given) throws SQLException {
            if (name.startsWith("set") && given.length >= 2) {
                int index = (Integer) given[0];
                while (arguments.size() < index) {
                    arguments.add(null);
                }
                arguments.set(index - 1, given[1]);
                return null;
            }
            switch (name) {
                case "addBatch" -> {
                    batch.add(arguments.toArray());
                    return null;
                }
                case "executeBatch" -> {
                    int[] counts = new int[batch.size()];
                    for (int i = 0; i < counts.length; i++) {
                        counts[i] = update(batch.get(i));
                    }
                    batch.clear();
                    return counts;
                }
                case "executeUpdate" -> {
                    return update(arguments.toArray());
                }
                case "executeQuery" -> {
                    @Nullable Object[] line = arguments.toArray();
                    return session.execute(sql, line, () -> prepared(line).executeQuery());
                }
                case "close" -> {
                    return null;
                }
                default -> throw new UnsupportedOperationException(name);
            }
        }

        private int update(@Nullable Object[] line) throws SQLException {
            return session.execute(
                    sql, line, () -> sql.startsWith("--") ? 0 : prepared(line).executeUpdate());
        }

        private PreparedStatement prepared(@Nullable Object[] line) throws SQLException {
            PreparedStatement statement =
                    session.line.prepare(translated.computeIfAbsent(sql, SimulatedDatabase.this::translate));
            for (int i = 0; i < line.length; i++) {
                statement.setObject(i + 1, line[i]);
            }
            return statement;
        }
    }

    /** For those who look at everything from outside: no breath, no failure, committed rows only. */
    public <T> T look(Looking<T> looking) {
        Storage.Line line = storage.take();
        try {
            T seen = looking.at(line.connection());
            line.connection().rollback();
            return seen;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            storage.give(line);
        }
    }

    public interface Looking<T> {
        T at(Connection connection) throws SQLException;
    }
}
