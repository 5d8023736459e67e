package org.tidings.newsletter;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tidings.accounts.AccountId;

/**
 * Telling other programs what happens, as Standard Webhooks has it: a POST with {@code webhook-id}, {@code webhook-timestamp} and {@code
 * webhook-signature}, the HMAC-SHA-256 over the three. What happened is written down in the transaction in which it happens, and sent in order
 * until it is taken: at least once, by one process. No address of a reader stands in it unless that was chosen, and none is kept for it.
 */
public interface Webhooks {

    /** At most so many. */
    int MOST = 20;

    enum State {
        ON,
        /** Switched off by somebody. */
        OFF,
        /** Switched off because it took nothing for days, or said that it is gone. */
        FAILED
    }

    /**
     * @param withAddress whether readers' addresses are told
     * @param failingSince since when nothing was taken
     * @param waiting how many events wait
     */
    record Webhook(
            UUID id,
            String url,
            Set<WebhookEvent> events,
            boolean withAddress,
            State state,
            OffsetDateTime createdAt,
            Optional<OffsetDateTime> failingSince,
            long waiting) {}

    /** What became of an event. */
    enum Outcome {
        WAITING,
        TAKEN,
        /** Not tried any more; can be sent again by hand. */
        GIVEN_UP
    }

    /**
     * @param status of the last answer; 0 where there was none
     * @param answer its first characters, or why there was none
     */
    record Event(
            UUID id,
            WebhookEvent event,
            OffsetDateTime happenedAt,
            Outcome outcome,
            int attempts,
            Optional<OffsetDateTime> triedAt,
            int status,
            String answer) {}

    List<Webhook> all();

    Optional<Webhook> find(UUID webhook);

    /**
     * Makes one.
     *
     * @throws WebhookRejected with the reason
     */
    UUID add(String url, Set<WebhookEvent> events, boolean withAddress, AccountId by);

    /** {@code whsec_} and base64, as the libraries of Standard Webhooks take it. */
    String secret(UUID webhook);

    /** A new secret; for a day both sign. */
    void changeSecret(UUID webhook, AccountId by);

    /** On, with what waits, or off: what happens meanwhile is not kept for it. */
    void turn(UUID webhook, boolean on, AccountId by);

    void remove(UUID webhook, AccountId by);

    /** Leaves an event that says nothing, to try the way. */
    void test(UUID webhook, AccountId by);

    /** The newest first; kept for 30 days. */
    List<Event> events(UUID webhook, int limit);

    /** Sends one again that was taken or given up. @return false if there is none */
    boolean resend(UUID webhook, UUID event, AccountId by);
}
