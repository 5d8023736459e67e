package org.tidings.newsletter;

import java.util.Map;

/** Own words that cannot be kept. Carries names and reasons, never words. */
public final class OwnWordsRejected extends RuntimeException {

    /** What is wrong with a text. */
    public enum Reason {
        TOO_LONG,
        /** A control character, or a line break where there is one line. */
        CHARACTERS,
        /** A field that this text does not know. */
        UNKNOWN_FIELD,
        /** What is agreed to does not name the newsletter by its field. */
        FIELD_MISSING,
        /** The welcome holds what an issue may not hold. */
        MARKDOWN,
        /** Of subject and text of the welcome there is only one. */
        HALF
    }

    private final transient Map<OwnText, Reason> texts;

    public OwnWordsRejected(Map<OwnText, Reason> texts) {
        super(texts.toString());
        this.texts = Map.copyOf(texts);
    }

    public Map<OwnText, Reason> texts() {
        return texts;
    }
}
