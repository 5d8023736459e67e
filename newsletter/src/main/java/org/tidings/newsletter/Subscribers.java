package org.tidings.newsletter;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;

/** The subscribers of a newsletter, for publishers. */
public interface Subscribers {

    /** How many are in each state. */
    Map<SubscriptionState, Long> count(NewsletterId newsletter);

    /**
     * In order of subscription.
     *
     * @param search a part of the address; empty for all
     * @param state null for all
     * @param after the last subscription seen, or null
     * @param limit 1 to 1,000
     */
    List<SubscriberView> find(
            NewsletterId newsletter, String search, @Nullable SubscriptionState state, @Nullable UUID after, int limit);

    /** The same, of those who fulfil a condition besides. */
    List<SubscriberView> find(
            NewsletterId newsletter,
            String search,
            @Nullable SubscriptionState state,
            Condition also,
            @Nullable UUID after,
            int limit);

    /** Who is behind recipients of mailings; the erased are left out. */
    Map<UUID, SubscriberView> bySubscription(Collection<UUID> subscriptions);

    /** Everything that was agreed to and withdrawn, newest first. */
    List<ConsentView> consents(SubscriberId subscriber);

    /** All standings of one subscriber. */
    List<SubscriptionView> of(SubscriberId subscriber);

    /** Ends a subscription at the person's wish. */
    void unsubscribe(UUID subscription, AccountId by);

    /**
     * Imports addresses, or only says what would happen. A wrong row is left out, the others go in. Who left here, closed the account
     * or was erased stays out; who left, was blocked, bounced, complained or never confirmed in the system that wrote the file comes in
     * as such and is not written to. A value that might say so and is not understood is asked about, and nothing is imported before
     * the answer.
     *
     * @throws ImportRejected if the file is none, or the basis is missing
     */
    ImportReport importFrom(NewsletterId newsletter, ImportOrder order, AccountId by) throws IOException;

    /** The same without answers, and nobody listens to wrong rows. */
    default ImportReport importFrom(
            NewsletterId newsletter, InputStream csv, String basis, boolean dryRun, AccountId by) throws IOException {
        return importFrom(newsletter, new ImportOrder(csv, basis, Map.of(), dryRun, ImportOrder.WrongRows.IGNORED), by);
    }

    /**
     * Writes CSV with a byte order mark and a header row, safe to open in a spreadsheet; streams, does not close. {@link #importFrom}
     * reads it back to the same meaning.
     */
    void export(NewsletterId newsletter, @Nullable SubscriptionState state, OutputStream to, AccountId by)
            throws IOException;

    /** The same, of those who fulfil a condition besides. */
    void export(
            NewsletterId newsletter, @Nullable SubscriptionState state, Condition also, OutputStream to, AccountId by)
            throws IOException;

    /**
     * The same for somebody.
     *
     * @param sees who reads it: only attributes that they may see are in it; staff without this
     */
    void export(
            NewsletterId newsletter,
            @Nullable SubscriptionState state,
            Condition also,
            AttributeParty sees,
            OutputStream to,
            AccountId by)
            throws IOException;

    /** One subscriber, if the person is known. */
    Optional<SubscriberView> find(UUID subscription);
}
