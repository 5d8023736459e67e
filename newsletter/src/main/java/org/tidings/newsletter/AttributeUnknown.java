package org.tidings.newsletter;

/** There is no such attribute. */
public final class AttributeUnknown extends RuntimeException {}
