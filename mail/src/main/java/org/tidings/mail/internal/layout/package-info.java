/**
 * How mails look: blocks in, one HTML document and the same as text out, with slots still in place.
 *
 * <p>Comes in: a {@link org.tidings.mail.MailBody}, the theme, the site's name and postal address. Never does: ask a database or a clock,
 * fetch anything, make a link of a stranger's words. When it fails: only by a template that is missing, which the build would have
 * found. Limits: Gmail shows 102 KB of HTML.
 */
@NullMarked
package org.tidings.mail.internal.layout;

import org.jspecify.annotations.NullMarked;
