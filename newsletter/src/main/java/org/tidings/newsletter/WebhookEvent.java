package org.tidings.newsletter;

/** What other programs can be told. */
public enum WebhookEvent {
    /** Somebody asked for a newsletter, or was invited; the mailbox is not proved. */
    SUBSCRIBED("subscription.requested"),
    CONFIRMED("subscription.confirmed"),
    /** It ended, however. */
    LEFT("subscription.ended"),
    /** It ended because she called a mail unwanted. */
    COMPLAINED("subscription.complained"),
    ISSUE_SENT("issue.sent"),
    /** Made by hand, to try the way. */
    TEST("webhook.test");

    private final String type;

    WebhookEvent(String type) {
        this.type = type;
    }

    /** As it stands in what is sent. */
    public String type() {
        return type;
    }
}
