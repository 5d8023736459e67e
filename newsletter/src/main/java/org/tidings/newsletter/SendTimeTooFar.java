package org.tidings.newsletter;

/** An issue was to be sent years from now: a slip of the pen, after which it would lie there unseen. */
public final class SendTimeTooFar extends RuntimeException {}
