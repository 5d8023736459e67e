/**
 * Signs mail by DKIM (RFC 6376, RFC 8301, RFC 8463): relaxed/relaxed over the final bytes, rules SIG-01 to SIG-09 of the mail
 * standards.
 *
 * <p><b>Comes in:</b> the bytes that are sent, CRLF and all header fields; a key.
 *
 * <p><b>Goes out:</b> one signature field a key, to stand in front.
 *
 * <p><b>Never:</b> changes a byte; leaves {@code List-Unsubscribe-Post} out; reads a message for anything but signing.
 *
 * <p><b>Says when it fails:</b> an exception before anything is sent; the mail waits.
 *
 * <p><b>Limits:</b> 1,000 header fields.
 */
@NullMarked
package org.tidings.mail.internal.signing.dkim;

import org.jspecify.annotations.NullMarked;
