package org.tidings.mail;

import java.util.Map;

/**
 * An audience in figures.
 *
 * @param recipients who would get it
 * @param leftOut who would not, by reason
 */
public record AudienceCount(long recipients, Map<SkipReason, Long> leftOut) {}
