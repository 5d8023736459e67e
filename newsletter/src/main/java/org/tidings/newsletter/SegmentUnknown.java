package org.tidings.newsletter;

/** There is no such segment. */
public final class SegmentUnknown extends RuntimeException {}
