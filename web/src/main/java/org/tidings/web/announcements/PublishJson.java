package org.tidings.web.announcements;

import org.jspecify.annotations.Nullable;

/**
 * The order to publish.
 *
 * @param recipients as counted, to within one in a hundred
 * @param overrideReason why the limit of the month is exceeded
 */
public record PublishJson(long recipients, @Nullable String overrideReason) {}
