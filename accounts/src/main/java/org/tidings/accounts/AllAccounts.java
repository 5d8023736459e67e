package org.tidings.accounts;

/**
 * The mail audience of all accounts: its {@link org.tidings.mail.Audience#name} is {@link #NAME}, its recipients are account
 * ids. Announcements are sent to it; the audience gives the slot {@code name} (display name, may be empty).
 */
public final class AllAccounts {
    public static final String NAME = "accounts";
    /** Realm of {@link org.tidings.mail.Standing} for account ids. */
    public static final String REALM = "account";

    private AllAccounts() {}
}
