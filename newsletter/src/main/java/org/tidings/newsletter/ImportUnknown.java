package org.tidings.newsletter;

/** There is no import with this id. */
public final class ImportUnknown extends RuntimeException {}
