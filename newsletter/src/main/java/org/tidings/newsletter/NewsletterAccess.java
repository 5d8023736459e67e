package org.tidings.newsletter;

/** Who may know of a newsletter, read it and join it. For everybody else it is not there. */
public enum NewsletterAccess {
    /** Everybody. */
    PUBLIC,
    /** Whoever has an account, while signed in. */
    MEMBERS,
    /** Whoever was invited, and who has it. */
    INVITED
}
