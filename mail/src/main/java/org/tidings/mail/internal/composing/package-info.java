/**
 * What is said: a mail's bytes. A template is made once a language, with slots; a mail copies it, fills the slots and bears its
 * signatures in front.
 *
 * <p><b>Comes in:</b> content and its kind; {@link org.tidings.mail.internal.composing.Work}: a letter or a delivery that was
 * reserved, with what is known of its person.
 *
 * <p><b>Goes out:</b> an envelope and final bytes, which nothing changes afterwards.
 *
 * <p><b>Never:</b> asks a database, a server or the person; lets a control character into a header; adds a tracking address.
 *
 * <p><b>Says when it fails:</b> {@link java.lang.IllegalArgumentException} when its values make no mail, which is a refusal by
 * us; {@code SigningFailed}, and the mail waits.
 *
 * <p><b>Limits:</b> header lines of 76 characters; 64 idle buffers of 64 KiB.
 */
@NullMarked
package org.tidings.mail.internal.composing;

import org.jspecify.annotations.NullMarked;
