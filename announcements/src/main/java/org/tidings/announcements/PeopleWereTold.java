package org.tidings.announcements;

/** What people were told of by mail is not ended in silence, unless that is confirmed. */
public final class PeopleWereTold extends RuntimeException {
    private final long told;

    public PeopleWereTold(long told) {
        super(told + " people were told");
        this.told = told;
    }

    /** How many; 0 where the first mails are just on their way. */
    public long told() {
        return told;
    }
}
