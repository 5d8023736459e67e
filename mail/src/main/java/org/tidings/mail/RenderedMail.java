package org.tidings.mail;

/** A mail's parts as text: a whole HTML document and the plain text. */
public record RenderedMail(String subject, String html, String text) {}
