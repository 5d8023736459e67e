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

    /** Who is behind recipients of mailings; the erased are left out. */
    Map<UUID, SubscriberView> bySubscription(Collection<UUID> subscriptions);

    /** Everything that was agreed to and withdrawn, newest first. */
    List<ConsentView> consents(SubscriberId subscriber);

    /** All standings of one subscriber. */
    List<SubscriptionView> of(SubscriberId subscriber);

    /** Ends a subscription at the person's wish. */
    void unsubscribe(UUID subscription, AccountId by);

    /**
     * Imports addresses, or only says what would happen. All or nothing: with an error in any row no row is imported. An
     * address that has left, closed its account or was erased stays out.
     *
     * @param csv RFC 4180 in UTF-8 with a header row that names {@code address} (or {@code email}) and if present {@code
     *     name}, {@code language} and {@code zone} ({@code Europe/Berlin}, may be empty); at most {@code
     *     tidings.newsletter.import.rows} rows; comma, semicolon or tab
     * @param basis how these people agreed, in the publisher's words, 20 to 1,000 characters: kept with every record
     * @param dryRun true to change nothing
     * @throws ImportRejected if the file is none of that, or the basis is missing
     */
    ImportReport importFrom(NewsletterId newsletter, InputStream csv, String basis, boolean dryRun, AccountId by)
            throws IOException;

    /** Writes CSV with a header row, safe to open in a spreadsheet; streams, does not close. */
    void export(NewsletterId newsletter, @Nullable SubscriptionState state, OutputStream to, AccountId by)
            throws IOException;

    /** One subscriber, if the person is known. */
    Optional<SubscriberView> find(UUID subscription);
}
