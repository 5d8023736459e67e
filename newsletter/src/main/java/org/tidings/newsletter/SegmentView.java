package org.tidings.newsletter;

import java.time.OffsetDateTime;

/** A saved condition. */
public record SegmentView(SegmentId id, String name, Condition condition, OffsetDateTime changedAt, long version) {}
