package org.tidings.newsletter;

/** There is no such newsletter. */
public final class NewsletterUnknown extends RuntimeException {}
