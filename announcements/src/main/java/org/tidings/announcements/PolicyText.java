package org.tidings.announcements;

/**
 * A policy in one language.
 *
 * @param markdown CommonMark, at most 100,000 characters; HTML in it is shown as text
 * @param summary what changes against the version before, in plain words; empty for the first version only
 */
public record PolicyText(String markdown, String summary) {
    public PolicyText {
        markdown = markdown.strip().replace("\r\n", "\n");
        summary = summary.strip().replace("\r\n", "\n");
    }

    public boolean isEmpty() {
        return markdown.isEmpty() && summary.isEmpty();
    }
}
