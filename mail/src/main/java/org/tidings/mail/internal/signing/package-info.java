/**
 * In whose name mails leave: the keys of sender domains, and whether DNS knows of them.
 *
 * <p><b>Comes in:</b> a sender domain, lower case; staff who make, use and drop keys.
 *
 * <p><b>Goes out:</b> a {@link org.tidings.mail.internal.signing.dkim.DkimSigner} for a mail, or none; what staff are to enter
 * into DNS, and whether it is there.
 *
 * <p><b>Never:</b> keeps a private key unsealed in the database; asks the database or DNS for a mail.
 *
 * <p><b>Says when it fails:</b> a key that cannot be unsealed is logged by domain, its mails wait; what DNS lacks stands on
 * staff's page.
 *
 * <p><b>Limits:</b> ten keys a domain; memory is refreshed every few seconds.
 */
@NullMarked
package org.tidings.mail.internal.signing;

import org.jspecify.annotations.NullMarked;
