/**
 * The mail of an announcement, made from its slots the same way for all of a type, with its calendar entry and the digest over it.
 *
 * <p><b>Comes in:</b> content, and what its thread adds: number, changes, policy, what it tells.
 *
 * <p><b>Goes out:</b> subject, body and attachment in each language; a SHA-256 over all of it.
 *
 * <p><b>Never:</b> takes free text; sends anything.
 *
 * <p><b>Says when it fails:</b> nothing can fail.
 *
 * <p><b>Limits:</b> lines of a calendar are folded at 75 octets (RFC 5545).
 */
@NullMarked
package org.tidings.announcements.internal.composing;

import org.jspecify.annotations.NullMarked;
