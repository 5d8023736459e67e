package org.tidings.newsletter;

/** There is no such issue. */
public final class IssueUnknown extends RuntimeException {}
