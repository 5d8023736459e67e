package org.tidings.mail;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Messages for many, and what became of each. Calls that change something take part in the caller's transaction. */
public interface Mailings {

    /** Counts the audience as it is now, suppressed addresses left out with their reason. */
    AudienceCount count(String audience, AudienceQuery query);

    /** Accepts a mailing; claiming begins when the transaction has committed and {@code notBefore} is past. */
    MailingId start(MailingOrder order);

    /** No further claims until resumed; acts within two seconds. Does nothing unless running. */
    void pause(MailingId mailing);

    void resume(MailingId mailing);

    /**
     * Ends it: who has not been written to will not be.
     *
     * @return whether nobody was written to nor ever will be. No clock can tell: another node's may have begun it before the undo window
     *     was over by ours
     */
    boolean cancel(MailingId mailing);

    Optional<MailingProgress> progress(MailingId mailing);

    /** The newest mailings first. */
    List<MailingProgress> newest(int limit);

    /**
     * Recorded deliveries in order of recipient, for a page or an export.
     *
     * @param state null for all
     * @param after the last recipient seen, or null
     */
    List<Delivery> deliveries(MailingId mailing, @Nullable DeliveryState state, @Nullable UUID after, int limit);

    /**
     * What happened to these recipients, in their order as ids; who is not one of the mailing is left out. Unlike the records of
     * all, it names those too who still wait for their turn or are on their way.
     *
     * @param recipients a page of them
     */
    List<Delivery> deliveries(MailingId mailing, Collection<UUID> recipients);

    /** What mailings are called, as staff named them; unknown ones are left out. */
    Map<MailingId, String> titles(Collection<MailingId> mailings);

    /** What was sent to one recipient, newest first; the ids of all her subscriptions and her account may be given. */
    List<Delivery> deliveriesTo(List<UUID> recipients, int limit);

    /**
     * What was written to this address, whoever had it then: known after she has another one, and after her erasure. Reads through the
     * records of the mailing.
     */
    List<Delivery> deliveriesTo(MailingId mailing, EmailAddress address);

    /** Tries the failed ones again. @return how many */
    long resendToFailed(MailingId mailing);

    /**
     * Sends to everybody whom the mailing has not reached: those it failed for, and those left out since it was cancelled or its
     * time was over. Who may not be written to any more is left out again.
     *
     * @param expiresAt until when it is tried, in place of what was said at its start
     * @return how many that was decided about are tried again; those a cancelled mailing had not come to yet follow by themselves
     */
    long resendToRest(MailingId mailing, OffsetDateTime expiresAt);

    /**
     * Sends a mailing that is over to those of its audience of whom it is not known what became ({@link SendingFigures#unaccounted});
     * for three days at least.
     *
     * @return how many
     */
    long sendToUnaccounted(MailingId mailing);

    /** Writes down that those did not get it, as if its time had been over. @return how many */
    long writeOffUnaccounted(MailingId mailing);

    /** The kill switch: stops all claiming of mailings, account mail excepted; acts within two seconds. */
    void stopAll();

    void allowAll();

    boolean allStopped();

    /** The mail as a recipient with these slot values would get it. */
    RenderedMail preview(MailKind kind, MailingContent content, Map<String, String> slots, Appearance appearance);
}
