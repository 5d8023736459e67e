package org.tidings.announcements;

/** The step does not fit where the announcement or policy version is on its way. */
public final class NotInThisState extends RuntimeException {
    public NotInThisState(String state) {
        super("not possible in state " + state);
    }
}
