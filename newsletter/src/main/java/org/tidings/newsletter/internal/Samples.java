package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.tidings.accounts.AccountId;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.IssueText;
import org.tidings.newsletter.Issues;
import org.tidings.newsletter.NewsletterDetails;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.SampleNewsletters;
import org.tidings.newsletter.Subscribers;
import org.tidings.newsletter.internal.knowing.AttributeBook;
import org.tidings.site.Now;
import org.tidings.site.Sql;
import org.tidings.site.Transactional;

/** The sample content of this module; its texts are Markdown files below {@code samples/}. */
@ApplicationScoped
@Transactional
class Samples implements SampleNewsletters {

    private static final String BASIS = "Made-up people at example domains; part of the sample content.";
    private static final List<String> GIVEN = List.of(
            "Ada", "Björn", "Chiara", "Daniel", "Elif", "Farid", "Grace", "Hannah", "Ivo", "Jun", "Karin", "Lena", "Mo",
            "Nora", "Owen", "Priya", "Quentin", "Rosa", "Sven", "Teodora");
    private static final List<String> FAMILY = List.of("Adler", "Brandt", "Costa", "Demir", "Evans", "Fischer");

    /** One publication with the names of its issues' files, newest first. */
    private record Sample(NewsletterDetails details, List<String> issues, int subscribers) {}

    private final EntityManager entityManager;
    private final Sql sql;
    private final Newsletters newsletters;
    private final Issues issues;
    private final Subscribers subscribers;
    private final Clock clock;

    @SuppressWarnings("NullAway") // for the container's proxy
    Samples() {
        this(null, null, null, null, null, null);
    }

    @Inject
    Samples(
            @NewsletterDb EntityManager entityManager,
            @NewsletterDb DataSource dataSource,
            Newsletters newsletters,
            Issues issues,
            Subscribers subscribers,
            Clock clock) {
        this.entityManager = entityManager;
        this.sql = new Sql(dataSource);
        this.newsletters = newsletters;
        this.issues = issues;
        this.subscribers = subscribers;
        this.clock = clock;
    }

    private static List<Sample> all() {
        return List.of(
                new Sample(
                        new NewsletterDetails(
                                "field-notes",
                                "Field Notes",
                                "What we made this week, what we learned, and one thing worth reading.",
                                Locale.ENGLISH,
                                "Every Friday",
                                text("field-notes-2"),
                                true),
                        List.of("field-notes-2", "field-notes-1"),
                        120),
                new Sample(
                        new NewsletterDetails(
                                "under-the-hood",
                                "Under the Hood",
                                "Long reads by the engineers: how it is built, what broke, and why.",
                                Locale.ENGLISH,
                                "Once a month",
                                text("under-the-hood-1"),
                                true),
                        List.of("under-the-hood-1"),
                        45),
                new Sample(
                        new NewsletterDetails(
                                "monatspost",
                                "Monatspost",
                                "Neues in Kürze, auf Deutsch, ohne Werbung für andere.",
                                Locale.GERMAN,
                                "Am ersten Montag im Monat",
                                text("monatspost-1"),
                                true),
                        List.of("monatspost-1"),
                        30),
                new Sample(
                        new NewsletterDetails(
                                "lettre-du-mois",
                                "La lettre du mois",
                                "Les nouvelles en bref, en français, sans publicité pour d’autres.",
                                Locale.FRENCH,
                                "Le premier lundi du mois",
                                text("lettre-du-mois-1"),
                                true),
                        List.of("lettre-du-mois-1"),
                        15));
    }

    @Override
    public boolean present() {
        return !ids().isEmpty();
    }

    private List<UUID> ids() {
        return sql.list("select newsletter from newsletter.sample_newsletter", row -> row.getObject(1, UUID.class));
    }

    @Override
    public void add(AccountId by) {
        if (present()) {
            return;
        }
        OffsetDateTime now = Now.by(clock);
        for (Sample sample : all()) {
            // A newsletter of the site's own with this address stays what it is.
            if (newsletters.findBySlug(sample.details().slug()).isPresent()) {
                continue;
            }
            NewsletterId newsletter = newsletters.create(sample.details(), by);
            sql.update("insert into newsletter.sample_newsletter (newsletter) values (?)", newsletter.value());
            int weeks = 1;
            for (String file : sample.issues()) {
                IssueId issue = issues.write(newsletter, issueText(text(file)), by);
                entityManager.flush();
                entityManager.find(Issue.class, issue.value()).sentLongAgo(by, now.minusWeeks(weeks));
                weeks++;
            }
            entityManager.flush();
            importPeople(newsletter, sample, by);
        }
    }

    private void importPeople(NewsletterId newsletter, Sample sample, AccountId by) {
        StringBuilder csv = new StringBuilder("address,name,language\n");
        for (int i = 0; i < sample.subscribers(); i++) {
            String given = GIVEN.get(i % GIVEN.size());
            String family = FAMILY.get(i / GIVEN.size() % FAMILY.size());
            csv.append("reader")
                    .append(i + 1)
                    .append(i % 3 == 0 ? "@example.org," : "@example.com,")
                    .append(given)
                    .append(' ')
                    .append(family)
                    .append(',')
                    .append(sample.details().language().getLanguage())
                    .append('\n');
        }
        try {
            subscribers.importFrom(
                    newsletter,
                    new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)),
                    BASIS,
                    false,
                    by);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void remove(AccountId by) {
        Sql.Values samples = Sql.uuids(ids());
        entityManager.flush();
        entityManager.clear();
        for (String table : List.of("issue_field", "issue_audience", "issue_recipient", "issue_reached")) {
            sql.update(
                    "delete from newsletter." + table + " where issue in (select i.id from newsletter.issue i"
                            + " join unnest(cast(? as uuid array)) as u(id) on u.id = i.newsletter)",
                    samples);
        }
        for (String table : List.of(
                "confirmation",
                "consent",
                "subscription",
                "issue",
                "newsletter_alias",
                "newsletter_question",
                "own_words",
                "leaving_reason")) {
            sql.update(
                    "delete from newsletter." + table
                            + " where newsletter in (select u.id from unnest(cast(? as uuid array)) as u(id))",
                    samples);
        }
        forget(sql.list(
                "select subscriber.id from newsletter.subscriber where account is null and address like 'reader%@example.%'"
                        + " and not exists (select 1 from newsletter.subscription s where s.subscriber = subscriber.id)"
                        + " and not exists (select 1 from newsletter.consent c where c.subscriber = subscriber.id)",
                row -> row.getObject(1, UUID.class)));
        sql.update(
                "delete from newsletter.newsletter where id in (select u.id from unnest(cast(? as uuid array)) as u(id))",
                samples);
        sql.update("delete from newsletter.sample_newsletter");
    }

    private void forget(List<UUID> subscribers) {
        new AttributeBook(sql).forgetAll(subscribers);
        sql.update(
                "delete from newsletter.subscriber where id in (select w.id from unnest(cast(? as uuid array)) as w(id))",
                Sql.uuids(subscribers));
    }

    /** A file's first line is the subject, the second the preheader, the rest the text. */
    private static IssueText issueText(String file) {
        String[] parts = file.split("\n", 3);
        return new IssueText(parts[0].replaceFirst("^# ", ""), parts[1].replaceFirst("^> ", ""), parts[2].strip());
    }

    private static String text(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("/org/tidings/newsletter/samples/" + name + ".md")) {
            if (in == null) {
                throw new IllegalStateException("no sample " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
