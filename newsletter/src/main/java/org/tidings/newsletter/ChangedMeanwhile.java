package org.tidings.newsletter;

/** Someone else changed it since it was read: nothing was saved. */
public final class ChangedMeanwhile extends RuntimeException {}
