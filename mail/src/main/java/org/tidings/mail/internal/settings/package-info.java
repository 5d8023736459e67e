/**
 * What the operator decided about mail, read once at the start; each key is documented where it stands.
 *
 * <p><b>Comes in:</b> the configuration's keys {@code tidings.mail.*}, {@code tidings.smtp.*} and a few of the site's.
 *
 * <p><b>Goes out:</b> checked values: who sends, over which servers, how fast, how often again, how long it is kept.
 *
 * <p><b>Never:</b> is read again while the site runs; says a secret.
 *
 * <p><b>Says when it fails:</b> an {@link java.lang.IllegalArgumentException} that names the key and what it should be: the
 * site does not start.
 *
 * <p><b>Limits:</b> each key's own.
 */
@NullMarked
package org.tidings.mail.internal.settings;

import org.jspecify.annotations.NullMarked;
