package org.tidings.newsletter;

/**
 * What an editor writes.
 *
 * @param subject 1 to 200 characters, no control characters; may hold {@code {{name}}}, {@code {{name|friend}}} and {@code
 *     {{city|your town}}}: a key of the {@link Attributes}, and what stands there for a reader of whom it is not known
 * @param preheader the line that mail programs show beside the subject, at most 200 characters; may be empty
 * @param markdown CommonMark with GFM tables, at most 1 MB (1,048,576 octets in UTF-8). HTML is shown as typed. Links are
 *     http, https or mailto; images need a description. Merge fields: those of the subject, and as targets of links {@code
 *     {{unsubscribeUrl}}}, {@code {{preferencesUrl}}}, {@code {{archiveUrl}}}
 */
public record IssueText(String subject, String preheader, String markdown) {}
