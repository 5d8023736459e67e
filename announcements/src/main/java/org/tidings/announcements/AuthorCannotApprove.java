package org.tidings.announcements;

/** Approval is a second person's: who wrote, edited, submitted or sent it cannot give it. */
public final class AuthorCannotApprove extends RuntimeException {
    public AuthorCannotApprove() {
        super("the second person must be another one");
    }
}
