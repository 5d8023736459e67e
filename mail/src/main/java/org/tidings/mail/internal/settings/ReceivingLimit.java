package org.tidings.mail.internal.settings;

/**
 * What one receiver takes; 0 for no limit.
 *
 * @param atOnce mails on their way to it at a time, each over its own connection
 * @param mailsPerConnection after so many for this receiver a connection is renewed
 * @param perSecond mails a second
 */
public record ReceivingLimit(int atOnce, int mailsPerConnection, int perSecond) {}
