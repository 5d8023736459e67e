package org.tidings.newsletter;

/** The import is not at the step that this belongs to; somebody else may have gone on with it. */
public final class ImportNotInState extends RuntimeException {}
