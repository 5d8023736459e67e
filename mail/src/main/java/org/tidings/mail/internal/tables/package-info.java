/**
 * The way to the module's tables: statements in the caller's transaction, and the order in which databases have ids.
 *
 * <p><b>Comes in:</b> SQL that is portable to H2 and PostgreSQL, and its values.
 *
 * <p><b>Goes out:</b> rows as values.
 *
 * <p><b>Never:</b> begins, commits or rolls back a transaction; repeats a statement.
 *
 * <p><b>Says when it fails:</b> {@code Sql.DatabaseFailed}, with the driver's words; nothing of the transaction is written
 * then.
 *
 * <p><b>Limits:</b> none: whoever asks says how many rows at most.
 */
@NullMarked
package org.tidings.mail.internal.tables;

import org.jspecify.annotations.NullMarked;
