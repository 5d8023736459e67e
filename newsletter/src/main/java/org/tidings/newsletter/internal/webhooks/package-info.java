/**
 * Telling other programs.
 *
 * <p><b>Comes in:</b> what happened to subscriptions and issues, in the transaction in which it does ({@link
 * org.tidings.newsletter.internal.webhooks.Happenings}). <b>Goes out:</b> signed POSTs, in order, until they are taken ({@link
 * org.tidings.newsletter.internal.webhooks.TellingPrograms}). <b>When it fails:</b> tried again with growing patience, visible to staff; after days
 * it is switched off and administrators are told.
 */
@NullMarked
package org.tidings.newsletter.internal.webhooks;

import org.jspecify.annotations.NullMarked;
