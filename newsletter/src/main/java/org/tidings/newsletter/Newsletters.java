package org.tidings.newsletter;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tidings.accounts.AccountId;

/** The publications that one can subscribe to. */
public interface Newsletters {

    /** Those that everybody may know of and subscribe to, by name. Others are found by {@link Readership}. */
    List<NewsletterView> offered();

    /** The closed and the private ones too, by name: for staff. */
    List<NewsletterView> all();

    Optional<NewsletterView> find(NewsletterId newsletter);

    Optional<NewsletterView> findBySlug(String slug);

    /** @throws NewsletterDetailsRejected naming the fields */
    NewsletterId create(NewsletterDetails details, AccountId by);

    /**
     * Changes everything but the List-Id.
     *
     * @param version of the view that was changed
     * @throws NewsletterDetailsRejected naming the fields
     * @throws NewsletterUnknown if it does not exist
     * @throws ChangedMeanwhile if the version is not the present one
     */
    void change(NewsletterId newsletter, NewsletterDetails details, long version, AccountId by);

    /** The words that a person agrees to when she subscribes, to be shown beside the button exactly as they are. */
    ConsentWording wording(NewsletterView newsletter, Locale language);
}
