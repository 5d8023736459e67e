package org.tidings.newsletter;

import java.util.UUID;

/** Names a segment; a UUIDv7. */
public record SegmentId(UUID value) {}
