package org.tidings.newsletter;

import java.util.List;

/** An issue that cannot be kept as it is; says what and where. */
public final class IssueTextRejected extends RuntimeException {

    private final transient List<IssueProblem> problems;

    public IssueTextRejected(List<IssueProblem> problems) {
        super(problems.size() + " problems");
        this.problems = List.copyOf(problems);
    }

    /** In the order of the text; at most 50. */
    public List<IssueProblem> problems() {
        return problems;
    }
}
