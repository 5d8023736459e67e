/**
 * A deterministic simulator: real classes in a made-up world, as FoundationDB and TigerBeetle test theirs. All but what is named Simulat… knows nothing of
 * mail; {@code org.tidings.mail.internal.simulation.Simulation} puts the sending engine into it.
 *
 * <p><b>What is real.</b> The engine with all its threads, its SQL and migrations, the product's transactions ({@link
 * org.tidings.site.JdbcTransactions}), composing, the ledger. <b>What is made up.</b> Time, who runs when, the database's failures, the
 * mail server, disks, hosts, people. The engine meets the world in four places only: {@code Machine} (time, rest, locks, chance), {@code
 * Disk} (journal and lock files), {@link java.sql.Connection} and {@code MailServer}.
 *
 * <p><b>Turns.</b> Each simulated thread is a thread of the JVM, but only the one that holds the baton runs ({@link World}). It hands the
 * baton on where it would wait: at a statement, a commit, a step of the mail server, a lock, a rest. A seeded {@link Chance} says who is
 * next. So two nodes meet in the middle of each other's transactions. Time stands still while anybody can go on, and jumps to the
 * next appointment when nobody can: an hour of waiting costs nothing, and the same seed does the same, line by line. For that the
 * engine may not hold a monitor over a wait, nor let the order of a hash set, the real clock or the real chance decide anything.
 *
 * <p><b>The database</b> ({@link SimulatedDatabase}) is H2 in memory, one connection a transaction, emptied for each world ({@link
 * Storage}). It speaks as PostgreSQL or as H2 does. Row locks are PostgreSQL's ({@link Locks}): H2 would wait in the real time and has no
 * {@code for key share}. It refuses statements, loses connections before, in and after a commit, commits late what its client has given
 * up, detects deadlocks, is down, or out of reach for one process.
 *
 * <p><b>Processes</b> ({@link SimulatedProcess}) are killed between any two steps: their connections are closed, their locks are free,
 * and whatever their threads still do has no effect. They are stopped and go on; their clocks are wrong.
 *
 * <p>A statement of a new shape has to be taught to {@link Locks}, which says so.
 */
@NullMarked
package org.tidings.mail.internal.simulation;

import org.jspecify.annotations.NullMarked;
