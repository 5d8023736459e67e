package org.tidings.newsletter;

/** The link is unknown, was used, or its time is over: a new one can be asked for. */
public final class SubscriptionLinkUnusable extends RuntimeException {}
