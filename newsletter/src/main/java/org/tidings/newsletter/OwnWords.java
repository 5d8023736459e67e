package org.tidings.newsletter;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.accounts.AccountId;

/**
 * What a newsletter says around its issues, in words of its own and in any language. Plain texts may hold {@code {{newsletter}}} and
 * {@code {{site}}}. A reader is spoken to in her language if there are own words in it, else if the site speaks it, else in the newsletter's.
 */
public interface OwnWords {

    /** A text as somebody is shown it. */
    record Said(String words, Locale language) {}

    /** One of the versions of a text, the present one included; empty words are the site's own again. */
    record Version(int version, OffsetDateTime since, String words) {}

    /** The languages in which it has words of its own. */
    List<Locale> languages(NewsletterId newsletter);

    /** Its own words in exactly this language, as they were typed. */
    Map<OwnText, String> of(NewsletterId newsletter, Locale language);

    /** What is said in this language where it has none of its own, fields and all; missing where nothing is said. */
    Map<OwnText, String> standard(Locale language);

    /** What was and is agreed to in this language, the newest first. */
    List<Version> versions(NewsletterId newsletter, Locale language, OwnText text);

    /**
     * These from now on; a missing or empty one is the site's again. What did not change gets no new version.
     *
     * @throws OwnWordsRejected naming texts and reasons
     * @throws NewsletterUnknown if there is no such newsletter
     */
    void set(NewsletterId newsletter, Locale language, Map<OwnText, String> texts, AccountId by);

    /** Its own words for a reader, fields filled in; empty where the site's are said, or nothing. */
    Optional<Said> said(NewsletterView newsletter, OwnText text, Locale reader);
}
