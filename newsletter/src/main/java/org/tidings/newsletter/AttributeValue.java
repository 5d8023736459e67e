package org.tidings.newsletter;

import java.time.OffsetDateTime;

/**
 * What is known about one reader.
 *
 * @param value as {@link AttributeView#read} gives it
 * @param at when it was said or brought
 */
public record AttributeValue(AttributeView attribute, String value, AttributeOrigin origin, OffsetDateTime at) {}
