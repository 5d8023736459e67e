package org.tidings.newsletter;

import java.util.Locale;

/**
 * What staff say about a newsletter.
 *
 * @param slug 2 to 60 of a-z, 0-9 and single hyphens; part of the address of its page
 * @param name 1 to 120 characters, no control characters
 * @param description plain text, 1 to 2,000 characters
 * @param language in which the issues are written
 * @param cadence how often it comes, in words, 1 to 120 characters
 * @param sample Markdown that shows what one gets, at most 20,000 characters; may be empty
 * @param offered whether it can be subscribed to; a closed one keeps its subscribers
 * @param access who may know of it
 */
public record NewsletterDetails(
        String slug,
        String name,
        String description,
        Locale language,
        String cadence,
        String sample,
        boolean offered,
        NewsletterAccess access) {

    /** One for everybody. */
    public NewsletterDetails(
            String slug,
            String name,
            String description,
            Locale language,
            String cadence,
            String sample,
            boolean offered) {
        this(slug, name, description, language, cadence, sample, offered, NewsletterAccess.PUBLIC);
    }
}
