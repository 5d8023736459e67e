package org.tidings.newsletter;

/** A text that a newsletter can say in its own words. */
public enum OwnText {
    /** What is agreed to by subscribing; kept with each consent record. Names the newsletter by its field. */
    CONSENT(1_000, Kind.LINE),
    /** The mail with the link that confirms. */
    CONFIRM_SUBJECT(150, Kind.LINE),
    CONFIRM_HEADING(150, Kind.LINE),
    CONFIRM_TEXT(2_000, Kind.PARAGRAPHS),
    CONFIRM_BUTTON(60, Kind.LINE),
    /** How long the link works: {@code {{hours}}}. */
    CONFIRM_EXPIRES(500, Kind.LINE),
    /** On the page after confirming. */
    CONFIRMED(2_000, Kind.PARAGRAPHS),
    /** The first mail, once she has confirmed; without it there is none. */
    WELCOME_SUBJECT(200, Kind.LINE),
    WELCOME(20_000, Kind.MARKDOWN),
    /** On the page after leaving. */
    GOODBYE(2_000, Kind.PARAGRAPHS),
    /** The lines at the foot of its mails. */
    FOOTER_WHY(500, Kind.LINE),
    FOOTER_UNSUBSCRIBE(100, Kind.LINE),
    FOOTER_PREFERENCES(100, Kind.LINE),
    FOOTER_ARCHIVE(100, Kind.LINE);

    /** How it is written. */
    public enum Kind {
        /** One line of plain text. */
        LINE,
        /** Plain text; an empty line begins another paragraph. */
        PARAGRAPHS,
        /** As an issue. */
        MARKDOWN
    }

    private final int longest;
    private final Kind kind;

    OwnText(int longest, Kind kind) {
        this.longest = longest;
        this.kind = kind;
    }

    /** In characters. */
    public int longest() {
        return longest;
    }

    public Kind kind() {
        return kind;
    }
}
