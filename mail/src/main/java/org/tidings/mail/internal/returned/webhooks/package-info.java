/**
 * What providers post: whether it is theirs, and what tells a replay from another report.
 *
 * <p><b>Comes in:</b> header fields and a body, from anybody.
 *
 * <p><b>Goes out:</b> genuine or not; what is signed; what it reports.
 *
 * <p><b>Never:</b> believes a body whose signature is wrong or old; asks another host than Amazon's for a certificate.
 *
 * <p><b>Says when it fails:</b> refuses; the provider comes again.
 *
 * <p><b>Limits:</b> 2 MB a body, 2,000 events, ten failed certificates a minute.
 */
@NullMarked
package org.tidings.mail.internal.returned.webhooks;

import org.jspecify.annotations.NullMarked;
