package org.tidings.newsletter;

import java.time.OffsetDateTime;
import java.util.Locale;

/**
 * A newsletter.
 *
 * @param listId the List-Id of RFC 2919 without angle brackets; never changes
 * @param sampleHtml the sample, sanitised; empty when there is none
 * @param version to be given back when it is changed
 * @param access who may know of it
 */
public record NewsletterView(
        NewsletterId id,
        String slug,
        String name,
        String description,
        Locale language,
        String cadence,
        String sample,
        String sampleHtml,
        String listId,
        boolean offered,
        OffsetDateTime createdAt,
        long version,
        NewsletterAccess access) {

    /** One for everybody. */
    public NewsletterView(
            NewsletterId id,
            String slug,
            String name,
            String description,
            Locale language,
            String cadence,
            String sample,
            String sampleHtml,
            String listId,
            boolean offered,
            OffsetDateTime createdAt,
            long version) {
        this(
                id,
                slug,
                name,
                description,
                language,
                cadence,
                sample,
                sampleHtml,
                listId,
                offered,
                createdAt,
                version,
                NewsletterAccess.PUBLIC);
    }

    public boolean isPublic() {
        return access == NewsletterAccess.PUBLIC;
    }
}
