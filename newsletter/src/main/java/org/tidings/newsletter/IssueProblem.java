package org.tidings.newsletter;

/**
 * Something in an issue that cannot be sent.
 *
 * @param field {@code subject}, {@code preheader} or {@code markdown}
 * @param line of the Markdown, from 1; 0 for the other fields or the whole
 * @param detail the merge field or the link's scheme in question, at most 60 characters; else empty
 */
public record IssueProblem(Kind kind, String field, int line, String detail) {

    /** What is wrong. */
    public enum Kind {
        EMPTY,
        /** Longer than 200 characters, or more than 1 MB of Markdown. */
        TOO_LONG,
        CONTROL_CHARACTER,
        UNKNOWN_MERGE_FIELD,
        /** An attribute without words for who has none: {@code {{city|your town}}}, or {@code {{city|}}}. */
        MERGE_FIELD_WITHOUT_FALLBACK,
        /** A merge field that is an address stands outside of a link, or one that is not is used as a link's target. */
        MISPLACED_MERGE_FIELD,
        /** Another scheme than http, https and mailto, or a relative link. */
        LINK_NOT_ALLOWED,
        IMAGE_WITHOUT_DESCRIPTION,
        /** Quotes or lists within each other deeper than 50. */
        NESTED_TOO_DEEPLY
    }
}
