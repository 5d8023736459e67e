/**
 * Hands a mail over: to a relay by SMTP, or into the local mailbox while none is configured.
 *
 * <p><b>Comes in:</b> an address of a relay and prepared bytes, one mail after the other, each asked for its last word before
 * the content.
 *
 * <p><b>Goes out:</b> for each mail one reply, in order; {@code NotConnected} with a reason when there is no connection.
 *
 * <p><b>Never:</b> decides whether, when or again; composes; keeps a password anywhere but in the connection's making.
 *
 * <p><b>Says when it fails:</b> a reply of the server's, word for word; {@code DOUBTFUL} when the content went out and no reply
 * came.
 *
 * <p><b>Limits:</b> waits are the operator's ({@code tidings.smtp.timeout.*}); replies of 16,384 characters.
 */
@NullMarked
package org.tidings.mail.internal.smtp;

import org.jspecify.annotations.NullMarked;
