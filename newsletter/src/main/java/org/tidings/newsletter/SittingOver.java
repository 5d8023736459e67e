package org.tidings.newsletter;

/** The link to everything is unknown, its time is over, or it was opened in another browser: a new one can be asked for. */
public final class SittingOver extends RuntimeException {}
