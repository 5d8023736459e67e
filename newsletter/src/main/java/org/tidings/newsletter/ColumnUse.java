package org.tidings.newsletter;

/** What a column of an imported file is taken for. */
public enum ColumnUse {
    ADDRESS,
    /** The whole name. */
    NAME,
    FIRST_NAME,
    LAST_NAME,
    LANGUAGE,
    ZONE,
    /** A word that says where somebody stands: subscribed, unsubscribed, bounced. */
    STATUS,
    /** Yes, or when: left there. */
    LEFT,
    BOUNCED,
    BLOCKED,
    COMPLAINED,
    /** Yes: never confirmed there. */
    UNCONFIRMED,
    /** No, or nothing: never confirmed there. */
    CONFIRMED,
    /** When the mailbox was proved; nothing: never confirmed there. */
    CONFIRMED_AT,
    /** No: did not agree. */
    AGREED,
    AGREED_AT,
    /** The network address of the device from which somebody agreed. */
    AGREED_FROM,
    /** No: has left there. */
    SUBSCRIBED,
    /** When somebody came to stand so. */
    SINCE,
    /** Where somebody signed up; kept with the consent. */
    SOURCE,
    /** Several, divided by commas, semicolons or bars. */
    TAGS,
    /** A JSON object, as listmonk writes it: each member an attribute. */
    ATTRIBUTES,
    /** One attribute, whose key is said beside it. */
    ATTRIBUTE,
    /** Left away. That somebody is called unsubscribed or bounced there counts all the same. */
    NOTHING;

    /** Whether more than one column may have it. */
    public boolean mayRepeat() {
        return switch (this) {
            case ADDRESS, NAME, FIRST_NAME, LAST_NAME, LANGUAGE, ZONE, SOURCE -> false;
            default -> true;
        };
    }
}
