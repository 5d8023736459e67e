package org.tidings.mail;

/** A small file that goes with every mail of a mailing, such as a calendar entry; the same for all recipients. */
public record Attachment(String fileName, String contentType, byte[] content) {}
