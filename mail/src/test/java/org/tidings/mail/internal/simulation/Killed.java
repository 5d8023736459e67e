package org.tidings.mail.internal.simulation;

/** Ends a thread of a process that was killed. Nothing that the thread still does has an effect outside of its process. */
public final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
        super("killed", null, false, false);
    }
}
