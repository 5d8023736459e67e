package org.tidings.newsletter;

/** An issue was to be sent at a time that is over: a wrong year or month must not mail everybody at once. */
public final class SendTimePassed extends RuntimeException {}
