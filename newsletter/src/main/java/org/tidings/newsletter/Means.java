package org.tidings.newsletter;

/** How somebody agreed or left; kept with every consent record and every ended subscription. */
public enum Means {
    /** Confirmed the link in a mail (double opt-in). */
    DOUBLE_OPT_IN,
    /** Ticked while registering; the registration's link proved the mailbox. */
    REGISTRATION,
    /** On the member's page, signed in. */
    MEMBER_PAGE,
    /** On the preferences page reached from a newsletter. */
    PREFERENCES,
    /** The button of the mail program: RFC 8058. */
    ONE_CLICK,
    /** The link in a newsletter and the button on its page. */
    LINK,
    /** A mail to the unsubscribe mailbox. */
    MAILTO,
    /** Called a mail unwanted: a report of her mail provider (feedback loop). */
    COMPLAINT,
    /** A publisher imported the address and stated the basis. */
    IMPORT,
    /** Staff did it at the person's wish. */
    STAFF,
    /** The account was deactivated. */
    DEACTIVATION,
    /** Came back with the account: had ended only because that was deactivated. */
    REACTIVATION,
    /** The personal data was erased. */
    ERASURE,
    /** Two entries of one person became one; the other entry says what holds. */
    MERGED,
    /** She had left in a time that is missing since a backup was put back; known from the ledger of opt-outs outside the database. */
    REPEATED,
    /** Took her leaving back within a day, by the link that she had left by; the words are those that she had agreed to. */
    UNDONE
}
