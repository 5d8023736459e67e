package org.tidings.newsletter;

/** Where a subscription stands. */
public enum SubscriptionState {
    /** Asked for; the mailbox is not proved. */
    PENDING,
    CONFIRMED,
    UNSUBSCRIBED
}
