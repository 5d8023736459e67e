package org.tidings.announcements;

/** A reason of at least ten characters is needed. */
public final class ReasonMissing extends RuntimeException {
    public ReasonMissing() {
        super("a reason is needed");
    }
}
