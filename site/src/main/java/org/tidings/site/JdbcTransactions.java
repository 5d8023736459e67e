package org.tidings.site;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Transactions of plain JDBC: the thread's transaction holds one connection of the pool, without auto-commit, and one entity
 * manager for each persistence unit that was asked for. {@link #dataSource} and {@link #entityManager} lead into it.
 *
 * <p>A connection that somebody asks for inside of a transaction is the transaction's: closing, committing and rolling it back
 * does nothing there. Outside of one it is the pool's own and commits each statement; an entity manager then reads, and entities
 * are detached.
 */
public final class JdbcTransactions implements Transactions, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(JdbcTransactions.class.getName());

    private final DataSource pool;
    private final JoiningDataSource dataSource;
    private final Map<String, EntityManagerFactory> units = new ConcurrentHashMap<>();

    @SuppressWarnings("ThreadLocalUsage") // a transaction belongs to one database and one thread
    private final ThreadLocal<@Nullable Running> current = new ThreadLocal<>();

    /** @param pool gives connections that commit each statement, in the isolation that transactions are to have */
    public JdbcTransactions(DataSource pool) {
        this.pool = pool;
        this.dataSource = new JoiningDataSource(pool, this::joined);
    }

    @Override
    public <T> T call(Callable<T> work) {
        try {
            return invoke(work);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** As {@link #call}, and lets through whatever the work throws. */
    public <T> T invoke(Callable<T> work) throws Exception {
        Running running = current.get();
        return running == null ? inNew(work) : joining(running, work);
    }

    private static <T> T joining(Running running, Callable<T> work) throws Exception {
        try {
            return work.call();
        } catch (Throwable e) {
            running.condemn(e);
            throw e;
        }
    }

    private <T> T inNew(Callable<T> work) throws Exception {
        Running running = begin();
        current.set(running);
        try {
            T result = work.call();
            running.commit();
            return result;
        } catch (Throwable e) {
            running.rollback(e);
            throw e;
        } finally {
            current.remove();
            running.close();
        }
    }

    private Running begin() {
        try {
            Connection connection = pool.getConnection();
            try {
                connection.setAutoCommit(false);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return new Running(connection);
        } catch (SQLException e) {
            throw TransactionFailed.notBegun(e);
        }
    }

    /**
     * Begins a transaction that one call does not span, such as that of a request between two filters. It is this thread's until it
     * is ended, which whoever began it must make sure of.
     *
     * @throws IllegalStateException inside of a transaction
     * @throws TransactionFailed when no connection is to be had
     */
    public Open open() {
        if (isRunning()) {
            throw new IllegalStateException("there is a transaction already");
        }
        Running running = begin();
        current.set(running);
        return new Open(running);
    }

    /** A transaction from {@link #open} to the first of its two ends; the second time they do nothing. */
    public final class Open {

        private final Running running;
        private boolean ended;

        private Open(Running running) {
            this.running = running;
        }

        /** @throws TransactionFailed when it was rolled back instead */
        public void commit() {
            if (ended) {
                return;
            }
            try {
                running.commit();
            } catch (RuntimeException | Error e) {
                running.rollback(e);
                throw e;
            } finally {
                end();
            }
        }

        /** @return false when it had ended before */
        public boolean rollback() {
            if (ended) {
                return false;
            }
            running.rollback(new IllegalStateException("given up"));
            end();
            return true;
        }

        private void end() {
            ended = true;
            current.remove();
            running.close();
        }
    }

    /** Whether this thread is in a transaction. */
    public boolean isRunning() {
        return current.get() != null;
    }

    private @Nullable Connection joined() {
        Running running = current.get();
        return running == null ? null : running.shared;
    }

    /** Gives the transaction's connection inside of one; outside, one whose statements commit by themselves. */
    public DataSource dataSource() {
        return dataSource;
    }

    /**
     * The entity manager of this thread's transaction, whichever that is at a call. Outside of one each call sees a new one.
     *
     * @param unit name of a unit, which is described in {@code META-INF/unit-<name>.xml}: not where a container looks, which would open each
     *     for itself as well, on a database of its own
     */
    public EntityManager entityManager(String unit) {
        return (EntityManager) Proxy.newProxyInstance(
                JdbcTransactions.class.getClassLoader(),
                new Class<?>[] {EntityManager.class},
                (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return invoke(this, method, arguments);
                    }
                    Running running = current.get();
                    EntityManager target =
                            running == null ? factory(unit).createEntityManager() : running.entityManager(unit);
                    return invoke(target, method, arguments);
                });
    }

    private EntityManagerFactory factory(String unit) {
        return units.computeIfAbsent(unit, this::open);
    }

    private EntityManagerFactory open(String unit) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("eclipselink.persistencexml", "META-INF/unit-" + unit + ".xml");
        properties.put("jakarta.persistence.nonJtaDataSource", dataSource);
        // Else it looks for the container's transactions.
        properties.put("eclipselink.target-server", "None");
        properties.put("eclipselink.weaving", "false");
        properties.put("eclipselink.session-name", unit + "-" + UUID.randomUUID());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(JdbcTransactions.class.getClassLoader());
        try {
            return Persistence.createEntityManagerFactory(unit, properties);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Closes the persistence units; the pool is its maker's. */
    @Override
    public void close() {
        units.values().forEach(EntityManagerFactory::close);
        units.clear();
    }

    @SuppressWarnings("NullAway") // reflection returns what the method returns
    private static Object invoke(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** One connection and the entity managers that write through it. */
    private final class Running {
        private final Connection connection;
        /** The same for those who join: it is not theirs to end. */
        private final Connection shared;

        private final Map<String, EntityManager> entityManagers = new LinkedHashMap<>();
        private @Nullable Throwable condemnedBy;
        private boolean over;

        Running(Connection connection) {
            this.connection = connection;
            this.shared = JoiningDataSource.sharing(connection);
        }

        EntityManager entityManager(String unit) {
            EntityManager known = entityManagers.get(unit);
            if (known == null) {
                known = factory(unit).createEntityManager();
                entityManagers.put(unit, known);
                known.getTransaction().begin();
            }
            return known;
        }

        void condemn(Throwable why) {
            if (condemnedBy == null) {
                condemnedBy = why;
            }
        }

        void commit() {
            if (condemnedBy != null) {
                throw TransactionFailed.notCommitted("a part of the transaction failed", condemnedBy);
            }
            List<EntityManager> all = new ArrayList<>(entityManagers.values());
            all.forEach(EntityManager::flush);
            // These write what is left: the connection that they see does not commit.
            all.forEach(em -> em.getTransaction().commit());
            try {
                connection.commit();
                over = true;
            } catch (SQLException e) {
                throw TransactionFailed.notCommitted("the commit failed", e);
            }
        }

        void rollback(Throwable why) {
            try {
                connection.rollback();
                over = true;
            } catch (SQLException e) {
                why.addSuppressed(e);
            }
        }

        void close() {
            entityManagers.values().forEach(this::close);
            try (connection) {
                if (!over) {
                    breakOff(connection.unwrap(Connection.class));
                }
            } catch (SQLException e) {
                LOG.log(Level.FINE, "a connection could not be given back", e);
            }
        }

        /**
         * Whatever it holds must not go on with the next one who gets it. Not by the pool's connection: that would forget it without
         * giving its place back. This way the pool finds it broken.
         */
        private static void breakOff(Connection own) throws SQLException {
            own.abort(Runnable::run);
            own.close(); // H2's abort does nothing
        }

        private void close(EntityManager em) {
            try {
                if (em.getTransaction().isActive()) {
                    em.getTransaction().rollback();
                }
                em.close();
            } catch (RuntimeException e) {
                LOG.log(Level.FINE, "an entity manager could not be closed", e);
            }
        }
    }
}
