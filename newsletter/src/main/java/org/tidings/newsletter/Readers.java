package org.tidings.newsletter;

/** Names under which the mail module knows readers. */
public final class Readers {

    /** The {@link org.tidings.mail.Audience}; recipients are subscription ids. */
    public static final String AUDIENCE = "newsletter";

    /** Realm of {@link org.tidings.mail.Standing} for subscriber ids. */
    public static final String REALM = "subscriber";

    /** Realm of {@link org.tidings.mail.Standing} for the ids of single subscriptions. */
    public static final String SUBSCRIPTIONS = "subscription";

    private Readers() {}
}
