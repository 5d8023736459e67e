package org.tidings.web.announcements;

import org.tidings.announcements.Finding;

/** A finding's sentence in three: what stands before the passage, the passage, what stands after it. */
public record Marked(String before, String passage, String after) {

    /** The passage alone where it has no sentence. */
    public static Marked of(Finding finding) {
        int at = finding.sentence().indexOf(finding.passage());
        return at < 0
                ? new Marked(finding.sentence().isEmpty() ? "" : finding.sentence() + " ", finding.passage(), "")
                : new Marked(
                        finding.sentence().substring(0, at),
                        finding.passage(),
                        finding.sentence().substring(at + finding.passage().length()));
    }
}
