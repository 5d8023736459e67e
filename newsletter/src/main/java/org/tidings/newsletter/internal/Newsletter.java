package org.tidings.newsletter.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.tidings.newsletter.NewsletterAccess;
import org.tidings.newsletter.NewsletterDetails;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;

/**
 * A publication. It is created, changed, perhaps closed and offered again, and never deleted while somebody may ask what was
 * sent. Its List-Id stays what it was at first: mail programs sort by it (RFC 2919).
 */
@Entity
@Table(name = "newsletter", schema = "newsletter")
class Newsletter {

    @Id
    private UUID id;

    private String slug;
    private String name;
    private String description;
    private String language;
    private String cadence;
    private String sample;

    @Column(name = "list_id")
    private String listId;

    private boolean offered;

    @Enumerated(EnumType.STRING)
    private NewsletterAccess access;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway") // filled by the persistence provider
    protected Newsletter() {}

    @SuppressWarnings("NullAway") // describe fills the rest
    static Newsletter found(UUID id, NewsletterDetails details, String listId, OffsetDateTime at) {
        Newsletter newsletter = new Newsletter();
        newsletter.id = id;
        newsletter.listId = listId;
        newsletter.createdAt = at;
        newsletter.describe(details);
        return newsletter;
    }

    void describe(NewsletterDetails details) {
        slug = details.slug();
        name = details.name().strip();
        description = details.description().strip();
        language = details.language().toLanguageTag();
        cadence = details.cadence().strip();
        sample = details.sample();
        offered = details.offered();
        access = details.access();
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    String slug() {
        return slug;
    }

    String listId() {
        return listId;
    }

    Locale language() {
        return Locale.forLanguageTag(language);
    }

    long version() {
        return version;
    }

    /** The sample as it would look in a mail to nobody in particular. */
    private String sampleHtml() {
        if (sample.isBlank()) {
            return "";
        }
        String page = "/newsletters/" + slug;
        MergeFields fields = MergeFields.of(sample);
        Map<String, String> values = new HashMap<>(fields.fallbacks());
        values.put("name", Texts.in(language()).get("nobody"));
        values.put("unsubscribeUrl", page);
        values.put("preferencesUrl", page);
        values.put("archiveUrl", page);
        return Markdown.compile(fields.slotted(sample)).with(values).html();
    }

    NewsletterView view() {
        return new NewsletterView(
                new NewsletterId(id),
                slug,
                name,
                description,
                language(),
                cadence,
                sample,
                sampleHtml(),
                listId,
                offered,
                createdAt,
                version,
                access);
    }

    boolean isPublic() {
        return access == NewsletterAccess.PUBLIC;
    }
}
