package org.tidings.newsletter;

/** The issue is in a state in which this cannot be done. */
public final class IssueNotInState extends RuntimeException {

    private final IssueState state;

    public IssueNotInState(IssueState state) {
        super(state.name());
        this.state = state;
    }

    /** The state that it is in. */
    public IssueState state() {
        return state;
    }
}
