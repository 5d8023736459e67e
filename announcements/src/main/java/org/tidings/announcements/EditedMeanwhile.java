package org.tidings.announcements;

/** Somebody else changed it after it was opened for editing. */
public final class EditedMeanwhile extends RuntimeException {
    public EditedMeanwhile() {
        super("edited meanwhile");
    }
}
