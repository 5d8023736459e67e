/**
 * The site's secret, and the keyed hashes that only who has it can make.
 *
 * <p><b>Comes in:</b> {@code tidings.secret}, or the file {@code secret.key}; an address, a recipient.
 *
 * <p><b>Goes out:</b> keys by purpose (HKDF, RFC 5869); hashes that name nobody.
 *
 * <p><b>Never:</b> hands out the secret itself, or writes it anywhere but into its file; uses one key for two purposes.
 *
 * <p><b>Says when it fails:</b> the site does not start without a secret that can be read or kept.
 *
 * <p><b>Limits:</b> 32 bytes at least.
 */
@NullMarked
package org.tidings.mail.internal.secrets;

import org.jspecify.annotations.NullMarked;
