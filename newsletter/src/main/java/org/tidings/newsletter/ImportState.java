package org.tidings.newsletter;

/** How far an import is. */
public enum ImportState {
    /** Unpacked and looked at: what is in the columns. */
    LOOKING,
    /** Waits for somebody to say what the columns mean. */
    MAPPING,
    /** Read row by row: what would come of it. */
    CHECKING,
    /** Waits for answers to {@linkplain ImportReport.Question questions}. */
    ASKING,
    /** Waits for the word to import. */
    READY,
    /** Is written into the newsletter. */
    RUNNING,
    DONE,
    /** What it had brought is taken back. */
    UNDOING,
    UNDONE,
    /** Nothing can be imported, or it stopped on the way: {@link ImportView#problem()}. */
    FAILED,
    /** Somebody gave it up, or nobody went on with it for a day. */
    GIVEN_UP;

    /** Whether the site has something to do, and somebody who looks need only wait. */
    public boolean isWorking() {
        return this == LOOKING || this == CHECKING || this == RUNNING || this == UNDOING;
    }

    /** Whether it waits for a person. */
    public boolean isWaiting() {
        return this == MAPPING || this == ASKING || this == READY;
    }
}
