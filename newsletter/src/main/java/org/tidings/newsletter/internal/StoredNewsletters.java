package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AuditLog;
import org.tidings.newsletter.ChangedMeanwhile;
import org.tidings.newsletter.ConsentWording;
import org.tidings.newsletter.IssueProblem;
import org.tidings.newsletter.IssueText;
import org.tidings.newsletter.NewsletterAction;
import org.tidings.newsletter.NewsletterDetails;
import org.tidings.newsletter.NewsletterDetailsRejected;
import org.tidings.newsletter.NewsletterDetailsRejected.Reason;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterUnknown;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.OddCharacter;
import org.tidings.site.Secrets;
import org.tidings.site.Transactional;

/** Newsletters in the database. */
@ApplicationScoped
@Transactional
class StoredNewsletters implements Newsletters {

    private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private final EntityManager entityManager;
    private final AuditLog auditLog;
    private final Settings settings;
    private final StoredWords words;
    private final Clock clock;

    @SuppressWarnings("NullAway") // for the container's proxy
    StoredNewsletters() {
        this(null, null, null, null, null);
    }

    @Inject
    StoredNewsletters(
            @NewsletterDb EntityManager entityManager,
            AuditLog auditLog,
            Settings settings,
            StoredWords words,
            Clock clock) {
        this.entityManager = entityManager;
        this.auditLog = auditLog;
        this.settings = settings;
        this.words = words;
        this.clock = clock;
    }

    @Override
    public List<NewsletterView> offered() {
        return all().stream()
                .filter(NewsletterView::offered)
                .filter(NewsletterView::isPublic)
                .toList();
    }

    @Override
    public List<NewsletterView> all() {
        return views("select n from Newsletter n order by n.name, n.id");
    }

    private List<NewsletterView> views(String query) {
        return entityManager.createQuery(query, Newsletter.class).getResultList().stream()
                .map(Newsletter::view)
                .toList();
    }

    @Override
    public Optional<NewsletterView> find(NewsletterId newsletter) {
        return Optional.ofNullable(entityManager.find(Newsletter.class, newsletter.value()))
                .map(Newsletter::view);
    }

    @Override
    public Optional<NewsletterView> findBySlug(String slug) {
        return bySlug(slug).map(Newsletter::view);
    }

    private Optional<Newsletter> bySlug(String slug) {
        return entityManager
                .createQuery("select n from Newsletter n where n.slug = :slug", Newsletter.class)
                .setParameter("slug", slug)
                .getResultStream()
                .findFirst();
    }

    @Override
    public NewsletterId create(NewsletterDetails details, AccountId by) {
        check(details, null);
        UUID id = Ids.next();
        Newsletter newsletter = Newsletter.found(id, details, freeListId(details.slug()), Now.by(clock));
        entityManager.persist(newsletter);
        entityManager.flush();
        auditLog.record(by, NewsletterAction.CREATE_NEWSLETTER, "newsletter", id, details.slug());
        return new NewsletterId(id);
    }

    @Override
    public void change(NewsletterId id, NewsletterDetails details, long version, AccountId by) {
        Newsletter newsletter = entityManager.find(Newsletter.class, id.value());
        if (newsletter == null) {
            throw new NewsletterUnknown();
        }
        if (newsletter.version() != version) {
            throw new ChangedMeanwhile();
        }
        check(details, newsletter.id());
        newsletter.describe(details);
        entityManager.flush();
        auditLog.record(by, NewsletterAction.CHANGE_NEWSLETTER, "newsletter", newsletter.id(), details.slug());
    }

    @Override
    public ConsentWording wording(NewsletterView newsletter, Locale language) {
        return words.consent(newsletter, language);
    }

    private void check(NewsletterDetails details, @Nullable UUID self) {
        Map<String, Reason> wrong = new LinkedHashMap<>();
        line(wrong, "name", details.name(), 120);
        line(wrong, "cadence", details.cadence(), 120);
        line(wrong, "slug", details.slug(), 60);
        if (!wrong.containsKey("slug")) {
            if (details.slug().length() < 2 || !SLUG.matcher(details.slug()).matches()) {
                wrong.put("slug", Reason.CHARACTERS);
            } else if (bySlug(details.slug()).filter(n -> !n.id().equals(self)).isPresent()) {
                wrong.put("slug", Reason.TAKEN);
            }
        }
        if (OddCharacter.showsNothing(details.description())) {
            wrong.put("description", Reason.EMPTY);
        } else if (details.description().length() > 2_000) {
            wrong.put("description", Reason.TOO_LONG);
        } else if (OddCharacter.inText(details.description()).isPresent()) {
            wrong.put("description", Reason.CHARACTERS);
        }
        if (details.language().getLanguage().isEmpty()
                || details.language().toLanguageTag().length() > 35) {
            wrong.put("language", Reason.CHARACTERS);
        }
        if (details.sample().length() > 20_000) {
            wrong.put("sample", Reason.TOO_LONG);
        } else if (!details.sample().isBlank()
                && !sampleProblems(details.sample()).isEmpty()) {
            wrong.put("sample", Reason.MARKDOWN);
        }
        if (!wrong.isEmpty()) {
            throw new NewsletterDetailsRejected(wrong);
        }
    }

    private static List<IssueProblem> sampleProblems(String sample) {
        return Markdown.problems(new IssueText("sample", "", sample));
    }

    private static void line(Map<String, Reason> wrong, String field, String value, int longest) {
        if (OddCharacter.showsNothing(value)) {
            wrong.put(field, Reason.EMPTY);
        } else if (value.length() > longest) {
            wrong.put(field, Reason.TOO_LONG);
        } else if (OddCharacter.inLine(value).isPresent()) {
            wrong.put(field, Reason.CHARACTERS);
        }
    }

    /** The slug may be given to another newsletter later, the List-Id may not. */
    private String freeListId(String slug) {
        String host = Optional.ofNullable(
                        URI.create(settings.site().publicUrl()).getHost())
                .orElse("localhost");
        String listId = slug + "." + host;
        long taken = entityManager
                .createQuery("select count(n) from Newsletter n where n.listId = :listId", Long.class)
                .setParameter("listId", listId)
                .getSingleResult();
        return taken == 0
                ? listId
                : slug + "-"
                        + Secrets.token()
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^a-z0-9]", "")
                                .substring(0, 8) + "." + host;
    }
}
