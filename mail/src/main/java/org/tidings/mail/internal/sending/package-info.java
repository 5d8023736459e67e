/**
 * The engine: one thread reserves, some compose ahead, one a line hands over, one writes down, one tidies up. What a process
 * was doing stands in its journal before it does it, so that a kill loses nobody and doubts only what was in flight.
 *
 * <p><b>Comes in:</b> what is due in the tables, what staff and other nodes do, a signal to end.
 *
 * <p><b>Goes out:</b> mails on lines, outcomes in the ledger, a line in the journal around each content.
 *
 * <p><b>Never:</b> begins a content for whom nobody reserved, whose standing is older than a second, or of which the journal
 * says nothing; waits for anything while it holds a monitor.
 *
 * <p><b>Says when it fails:</b> one line in the log a minute for each kind of trouble; the last error and the last success are
 * on staff's page; a mail that cannot go waits.
 *
 * <p><b>Limits:</b> a second's worth reserved ahead, 12 MiB composed ahead, 5,000 outcomes unwritten.
 */
@NullMarked
package org.tidings.mail.internal.sending;

import org.jspecify.annotations.NullMarked;
