/**
 * Versions of the privacy policy and the terms.
 *
 * <p><b>Comes in:</b> drafts and edits by staff; the announcement that publishes a version or takes it back; the text that a new
 * site begins with.
 *
 * <p><b>Goes out:</b> versions, their differences, what the guard finds in them.
 *
 * <p><b>Never:</b> changes what is published; publishes a later version without an announcement.
 *
 * <p><b>Says when it fails:</b> {@link org.tidings.announcements.AnnouncementRefused}, with a reason.
 *
 * <p><b>Limits:</b> 100,000 characters a text, 5,000 a summary; a few dozen versions, read whole.
 */
@NullMarked
package org.tidings.announcements.internal.policies;

import org.jspecify.annotations.NullMarked;
