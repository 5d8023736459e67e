package org.tidings.newsletter;

/** A webhook that cannot be. Carries the reason, never the address. */
public final class WebhookRejected extends RuntimeException {

    /** What is wrong. */
    public enum Reason {
        /** No address of http, or longer than 2,000 characters, or with a user, or a part behind a hash sign. */
        ADDRESS,
        /** Not https. */
        NOT_HTTPS,
        /** Nothing of that name is found. */
        NAME_UNKNOWN,
        /** It leads into a network that is not public, or to a port that is not for the web. */
        NOT_PUBLIC,
        /** No event was chosen. */
        NO_EVENT,
        /** There are twenty already. */
        TOO_MANY
    }

    private final Reason reason;

    public WebhookRejected(Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
