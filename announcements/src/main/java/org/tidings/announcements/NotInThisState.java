package org.tidings.announcements;

/** The step does not fit where the announcement or policy version is on its way. */
public final class NotInThisState extends RuntimeException {
    private final String state;

    /** @param state in which it is, as a stable word: {@code DRAFT}, {@code PUBLISHED}, {@code ENDED} */
    public NotInThisState(String state) {
        super("not possible in state " + state);
        this.state = state;
    }

    public String state() {
        return state;
    }
}
