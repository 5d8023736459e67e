package org.tidings.mail.internal.sending;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.internal.ledger.Claims;
import org.tidings.mail.internal.ledger.Recorder;
import org.tidings.mail.internal.machine.Disk;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.tables.Sql;
import org.tidings.site.Transactions;

/**
 * This process among those that send from the same database. Who is silent for long is taken for dead; its row and all that it had
 * reserved are gone then, and it begins anew under another id.
 *
 * <p>Signs of life bear the time of the database, the one clock that all of them have in common.
 */
public final class Membership {

    private static final Logger LOG = Logger.getLogger(Membership.class.getName());
    /** Well below {@code MailSettings.LEAST_TAKEOVER}, the least time after which the others may take this node for dead. */
    private static final long HEARTBEAT_STALE_NANOS = 20_000_000_000L;

    private final Sql sql;
    private final Transactions transactions;
    private final Machine machine;
    private final Lock joining;
    private final Path folder;
    private final Disk disk;
    private final NodeMaker maker;
    private volatile Node node;
    private volatile long heartbeatAt;
    /** When the database was within reach again after it had not been, as {@link Machine#nanos}. */
    private volatile @Nullable Long backAt;

    private volatile int nodes = 1;
    private boolean left;

    /** Who this process is to the others. */
    public record Node(UUID id, Journal journal, Claims claims, Recorder recorder) {}

    /** Makes the parts that bear a node's id. */
    @FunctionalInterface
    interface NodeMaker {
        Node make(UUID id, Journal journal);
    }

    Membership(Sql sql, Transactions transactions, Machine machine, Path folder, Disk disk, NodeMaker maker) {
        this.sql = sql;
        this.transactions = transactions;
        this.machine = machine;
        this.joining = machine.lock();
        this.folder = folder;
        this.disk = disk;
        this.maker = maker;
        this.node = join();
    }

    private Node join() {
        UUID id = machine.newId();
        Journal journal = Journal.open(folder, id, disk);
        try {
            transactions.run(() -> {
                sql.update(
                        "insert into mail.nodes (id, host, folder, seen_at) values (?, ?, ?, current_timestamp)",
                        id,
                        machine.hostName(),
                        folder.toAbsolutePath().toString());
                sql.update("insert into mail.recordings (node, number) values (?, 0)", id);
            });
        } catch (RuntimeException e) {
            // Even if the row is there and only the answer was lost: a node of that name will never do anything.
            discard(journal);
            throw e;
        }
        heartbeatAt = machine.nanos();
        return maker.make(id, journal);
    }

    public Node node() {
        return node;
    }

    /** Where journals are. */
    Path folder() {
        return folder;
    }

    /** @throws Claims.TakenOver when the others gave this node up */
    void beat() {
        long at = machine.nanos();
        boolean alive = transactions.call(
                () -> sql.update("update mail.nodes set seen_at = current_timestamp where id = ?", node.id()) == 1);
        if (!isFresh()) {
            backAt = at;
        }
        if (!alive) {
            throw new Claims.TakenOver();
        }
        heartbeatAt = at;
    }

    /** How many share the work, this one included: those heard of lately. */
    int nodes() {
        return nodes;
    }

    /** Asks the database how many there are. */
    int countNodes() {
        nodes = (int) Math.max(
                1,
                sql.number("select count(*) from mail.nodes where seen_at > current_timestamp - interval '10' second"));
        return nodes;
    }

    /** False when the others may take this node for dead before long. */
    boolean isFresh() {
        return machine.nanos() - heartbeatAt <= HEARTBEAT_STALE_NANOS;
    }

    /** Whether the database was out of this node's reach for some time that ended within this duration. */
    boolean wasAway(Duration within) {
        Long back = backAt;
        return back != null && machine.nanos() - back <= within.toNanos();
    }

    /** Begins anew after having been taken for dead, unless it is leaving. */
    void rejoin() {
        joining.lock();
        try {
            if (left) {
                return;
            }
            LOG.warning("this node was taken for dead and begins anew");
            Journal old = node.journal();
            node = join();
            discard(old);
        } finally {
            joining.unlock();
        }
    }

    /** Nobody will read it: the others have taken over what it names, or it never named anything. */
    private static void discard(Journal journal) {
        try {
            journal.discard();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the journal of a node that is no more stays behind for a while", e);
        }
    }

    /**
     * Signs off, unless something is still reserved; then the next start finds it.
     *
     * @param quiet false while a thread may still reserve or record: then this node stays on the list for the next start
     */
    public void leave(boolean quiet) {
        joining.lock();
        try {
            left = true;
            if (quiet && signedOff()) {
                node.journal().close();
            } else {
                node.journal().closeAndKeep();
            }
        } finally {
            joining.unlock();
        }
    }

    private boolean signedOff() {
        try {
            return transactions.call(() -> {
                boolean gone = sql.update(
                                "delete from mail.nodes where id = ? and not exists (select 1 from mail.claims where node = ?)"
                                        + " and not exists (select 1 from mail.letters where node = ?)",
                                node.id(),
                                node.id(),
                                node.id())
                        == 1;
                if (gone) {
                    sql.update("delete from mail.recordings where node = ?", node.id());
                }
                return gone;
            });
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the node could not sign off; the next start will", e);
            return false;
        }
    }
}
