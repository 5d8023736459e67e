package org.tidings.newsletter;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidings.accounts.AccountId;
import org.tidings.mail.EmailAddress;

/** Joining and leaving, by visitors with a mailbox and by account holders. */
public interface Subscriptions {

    /**
     * A visitor asks: within seconds a mail with a link goes to the address, and nothing else happens before the link is confirmed. Does
     * the same for every address, and takes the same time. At most three such mails in 24 hours go to one address.
     *
     * @param newsletters those not on offer are passed over
     * @param network where it is asked from, of {@link org.tidings.accounts.FormMail#networkOf}, to be counted; empty where the mailbox was proved
     */
    void request(Set<NewsletterId> newsletters, EmailAddress address, Locale language, String network);

    /**
     * The same with what was answered in the form beside the address: it counts when the link is confirmed, and is forgotten with the request.
     *
     * @param answers by key of the {@link Attributes}, as typed; blank is no answer
     * @throws AttributeValuesRejected naming each that was refused
     */
    void request(
            Set<NewsletterId> newsletters,
            EmailAddress address,
            Locale language,
            String network,
            Map<String, String> answers);

    /** What a link of the mail would do; empty if the token is unknown. */
    Optional<Confirmation> confirmation(String token);

    /**
     * Confirms, with consent on record.
     *
     * @throws SubscriptionLinkUnusable if the token is unknown, used or expired
     */
    Confirmation confirm(String token);

    /**
     * An account holder subscribes, at once; after she called a mail of ours unwanted, only by a link that goes to her mailbox.
     *
     * @return false when such a link was sent and nothing else happened yet
     * @throws NewsletterUnknown if there is no such newsletter on offer
     */
    boolean subscribe(AccountId account, NewsletterId newsletter, Locale language);

    /** Ends the subscription, if there is one. Idempotent. */
    void unsubscribe(AccountId account, NewsletterId newsletter);

    void unsubscribeAll(AccountId account);

    /**
     * Sends nothing of it until then; it comes again by itself. The newest word counts; does nothing for one that she does not get.
     *
     * @throws IllegalArgumentException unless it is in the next 366 days
     */
    void pause(AccountId account, NewsletterId newsletter, OffsetDateTime until);

    /** Ends a pause. */
    void resume(AccountId account, NewsletterId newsletter);

    /** Where the address's subscriber said that she lives. For who has proved the mailbox. */
    Optional<ZoneId> zoneOf(EmailAddress address);

    /** The standing with every newsletter that was ever asked for, by the newsletter's name. */
    List<SubscriptionView> of(AccountId account);

    /** As whom newsletters know the account's holder, if they do. */
    Optional<SubscriberId> readerOf(AccountId account);

    /**
     * The same, entered if she is not known yet: from then on something about her can be kept.
     *
     * @throws NewsletterUnknown if the account is none that is active
     */
    SubscriberId enterReader(AccountId account);

    /** Every consent record of the account's holder, newest first. */
    List<ConsentView> consents(AccountId account);

    /**
     * What a link is about.
     *
     * @param newsletters by name
     * @param subscribed those of them that the address gets now, by whichever link it was confirmed
     * @param used whether it was confirmed already, or was made void by leaving
     * @param expired whether its time is over
     * @param manageUrl the preferences page of the first that is subscribed to
     * @param wordings the words that are agreed to by confirming, and kept, of each newsletter
     */
    record Confirmation(
            List<NewsletterView> newsletters,
            List<NewsletterView> subscribed,
            boolean used,
            boolean expired,
            Optional<String> manageUrl,
            Map<NewsletterId, ConsentWording> wordings) {}
}
