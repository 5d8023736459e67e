package org.tidings.newsletter.internal.webhooks;

/**
 * What can be configured.
 *
 * @param lenient whether plain http and networks that are not public may be told
 */
public record WebhookSettings(boolean lenient) {}
