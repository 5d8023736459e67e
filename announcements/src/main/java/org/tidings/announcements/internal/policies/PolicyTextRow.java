package org.tidings.announcements.internal.policies;

import jakarta.persistence.Embeddable;
import org.tidings.announcements.PolicyText;

/** A {@link PolicyText} in columns. */
@Embeddable
class PolicyTextRow {
    private String markdown = "";
    private String summary = "";

    protected PolicyTextRow() {}

    PolicyTextRow(PolicyText text) {
        markdown = text.markdown();
        summary = text.summary();
    }

    PolicyText text() {
        return new PolicyText(markdown, summary);
    }
}
