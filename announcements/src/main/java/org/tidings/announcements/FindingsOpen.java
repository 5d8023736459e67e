package org.tidings.announcements;

import java.util.List;

/** The lint found what has to be removed, or confirmed by a second person with a written reason. */
public final class FindingsOpen extends RuntimeException {
    private final List<Finding> findings;

    public FindingsOpen(List<Finding> findings) {
        super(findings.size() + " findings");
        this.findings = List.copyOf(findings);
    }

    public List<Finding> findings() {
        return findings;
    }
}
