package org.tidings.site;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Proves at every start that transactions hold where work is done off a request: each kind of background thread inserts a row,
 * rolls back and looks. Containers differ in what their transactions reach, and the sending engine once ran without any.
 *
 * <p>While one is not proved, or has failed, no mail is reserved for sending on this node. A failed proof stays failed until the next
 * start: it says why in the log, on the mail page, and by a node that is not ready.
 */
public final class TransactionProofs {

    private static final Logger LOG = Logger.getLogger(TransactionProofs.class.getName());
    private static final long AGAIN_MILLIS = 1_000;

    private final JdbcTransactions transactions;
    private final Set<String> expected = new TreeSet<>();
    private final Map<String, Boolean> proved = new TreeMap<>();

    public TransactionProofs(JdbcTransactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Wraps a background thread's work: the proof comes first, and the work only if transactions hold there. Where the database does
     * not answer, the proof waits for it until the thread is interrupted.
     *
     * @param kind names threads that are made in the same way and do the same, at most 60 letters
     */
    public Runnable first(String kind, Runnable work) {
        expect(kind);
        return () -> {
            if (isProved(kind)) {
                work.run();
            }
        };
    }

    private synchronized void expect(String kind) {
        expected.add(kind);
    }

    private boolean isProved(String kind) {
        Optional<Boolean> known = known(kind);
        while (known.isEmpty() && !Thread.currentThread().isInterrupted()) {
            try {
                known = Optional.of(prove(kind));
            } catch (TransactionFailed e) {
                LOG.log(Level.WARNING, "transactions of {0} could not be proved yet; tried again", kind);
                pause();
            }
        }
        return known.orElse(false);
    }

    private synchronized Optional<Boolean> known(String kind) {
        return Optional.ofNullable(proved.get(kind));
    }

    private static void pause() {
        try {
            Thread.sleep(AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Tries it in the calling thread.
     *
     * @return whether the row was gone
     * @throws TransactionFailed when the database does not answer
     */
    public boolean prove(String kind) {
        UUID row = UUID.randomUUID();
        rollBack(row, kind);
        boolean holds = !isThere(row);
        synchronized (this) {
            expected.add(kind);
            proved.put(kind, holds);
        }
        if (!holds) {
            LOG.severe(
                    () -> "transactions do not hold in threads of " + kind
                            + ": a row that was rolled back is there. No mail is sent by this node. Report this, and start again.");
        }
        return holds;
    }

    private void rollBack(UUID row, String kind) {
        try {
            transactions.run(() -> {
                insert(row, kind);
                throw new MeantToFail();
            });
        } catch (MeantToFail e) {
            // As meant.
        } catch (IllegalStateException e) {
            throw TransactionFailed.notCommitted("the proof could not be tried", e);
        }
    }

    private void insert(UUID row, String kind) throws SQLException {
        try (Connection connection = transactions.dataSource().getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("insert into site.transaction_probes (id, kind) values (?, ?)")) {
            insert.setObject(1, row);
            insert.setString(2, kind);
            insert.executeUpdate();
        }
    }

    /** Looks by another connection than the one that inserted. */
    private boolean isThere(UUID row) {
        try (Connection connection = transactions.dataSource().getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select count(*) from site.transaction_probes where id = ?")) {
            select.setObject(1, row);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() && rows.getLong(1) > 0;
            }
        } catch (SQLException e) {
            throw TransactionFailed.notCommitted("the proof could not be looked at", e);
        }
    }

    /** Whether every kind that exists here was proved. */
    public synchronized boolean allHold() {
        return expected.stream().allMatch(kind -> Boolean.TRUE.equals(proved.get(kind)));
    }

    /** Kinds in which a row stayed. */
    public synchronized Set<String> failed() {
        Set<String> failed = new TreeSet<>();
        proved.forEach((kind, holds) -> {
            if (!holds) {
                failed.add(kind);
            }
        });
        return failed;
    }

    private static final class MeantToFail extends RuntimeException {
        MeantToFail() {
            super("rolled back on purpose", null, false, false);
        }
    }
}
