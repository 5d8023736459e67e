package org.tidings.announcements;

/** Only urgent types, with a reason of ten characters or more, may be sent before approval. */
public final class EmergencyNotAllowed extends RuntimeException {
    public EmergencyNotAllowed() {
        super("not an emergency");
    }
}
