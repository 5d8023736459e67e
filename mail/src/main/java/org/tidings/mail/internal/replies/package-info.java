/**
 * What the words of mail servers mean: for the address, for us, for the next try (BNC-03 to BNC-05 and SND-05 of the mail
 * standards). Sending has live replies, returned mail what others were told; both ask here.
 *
 * <p><b>Comes in:</b> a reply's code, enhanced code and words, and whose domains are ours.
 *
 * <p><b>Goes out:</b> a {@link org.tidings.mail.internal.replies.Verdict}: hard, soft, ours or deferred, with a {@link
 * org.tidings.mail.internal.replies.Reason}.
 *
 * <p><b>Never:</b> asks a database, a clock or the network; is hard in doubt, since an address is lost to a wrong verdict for
 * ever.
 *
 * <p><b>Says when it fails:</b> never: what is not understood is soft and {@code UNKNOWN}.
 *
 * <p><b>Limits:</b> 16,384 characters of a text are looked at, in time that grows with the text.
 */
@NullMarked
package org.tidings.mail.internal.replies;

import org.jspecify.annotations.NullMarked;
