package org.tidings.newsletter;

import java.util.Map;

/** Details that cannot be kept. Carries field names and reasons, never values. */
public final class NewsletterDetailsRejected extends RuntimeException {

    /** What is wrong with a field. */
    public enum Reason {
        EMPTY,
        TOO_LONG,
        /** A control character, or in a slug anything but a-z, 0-9 and single hyphens. */
        CHARACTERS,
        /** Another newsletter has it. */
        TAKEN,
        /** The sample holds what an issue may not hold. */
        MARKDOWN
    }

    private final transient Map<String, Reason> fields;

    public NewsletterDetailsRejected(Map<String, Reason> fields) {
        super(fields.toString());
        this.fields = Map.copyOf(fields);
    }

    /** Reasons by the component names of {@link NewsletterDetails}. */
    public Map<String, Reason> fields() {
        return fields;
    }
}
