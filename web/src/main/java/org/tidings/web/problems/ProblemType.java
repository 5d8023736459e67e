package org.tidings.web.problems;

import java.util.Locale;

/**
 * Everything that can go wrong between a program or a person and the site. The name in kebab case is the last part of the
 * problem's {@code type} and part of the keys of its words ({@code problems.not-found.title}); status codes after RFC 9110.
 */
public enum ProblemType {
    BAD_REQUEST(400),
    UNREADABLE_CHARACTERS(400),
    NOT_SIGNED_IN(401),
    API_TOKEN_MISSING(401),
    API_TOKEN_INVALID(401),
    ROLE_MISSING(403),
    API_SCOPE_MISSING(403),
    REAUTHENTICATION_REQUIRED(403),
    FORM_FORGED(403),
    MAILBOX_LOCKED(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    CONFLICT(409),
    IN_PROGRESS(409),
    NOT_APPROVED(409),
    ALREADY_SUBMITTED(409),
    ALREADY_APPROVED(409),
    ALREADY_PUBLISHED(409),
    ALREADY_ENDED(409),
    NOT_PUBLISHED(409),
    NOT_A_DRAFT(409),
    NOT_BEING_SENT(409),
    CHANGED_SINCE_APPROVAL(409),
    GONE(410),
    TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    INVALID(422),
    IDEMPOTENCY_KEY_MISSING(400),
    IDEMPOTENCY_KEY_REUSED(422),
    TOO_MANY_REQUESTS(429),
    INTERNAL(500),
    UNAVAILABLE(503);

    private final int status;

    ProblemType(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** {@code not-found}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The first problem with this status, or the general one of its class. */
    public static ProblemType ofStatus(int status) {
        for (var type : values()) {
            if (type.status == status) {
                return type;
            }
        }
        return status >= 500 ? INTERNAL : BAD_REQUEST;
    }
}
