/**
 * Reads what came back: delivery reports (RFC 3464), complaints (RFC 5965), automatic replies, bounces in plain text, and what
 * providers tell in JSON (BNC-01 to BNC-08).
 *
 * <p><b>Comes in:</b> a mail or a body as it came, from strangers.
 *
 * <p><b>Goes out:</b> for each recipient in it what it is: a {@link org.tidings.mail.internal.returned.reading.ReturnedMail}.
 *
 * <p><b>Never:</b> throws on what it is given; fetches anything; acts on an address.
 *
 * <p><b>Says when it fails:</b> {@code NotUnderstood}, for people to look at.
 *
 * <p><b>Limits:</b> 4 MB, 8 levels, 64 parts, 50 recipients; time and memory grow with the input's size and no faster.
 */
@NullMarked
package org.tidings.mail.internal.returned.reading;

import org.jspecify.annotations.NullMarked;
