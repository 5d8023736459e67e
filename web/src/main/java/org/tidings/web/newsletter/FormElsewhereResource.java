package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tidings.accounts.Role;
import org.tidings.newsletter.AttributeView;
import org.tidings.newsletter.Attributes;
import org.tidings.newsletter.ConsentWording;
import org.tidings.newsletter.NewsletterAliases;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.web.SiteSettings;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.Texts;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** The HTML by which one subscribes on another site, and the ids by which forms of before know the newsletter. */
@Path("/staff/newsletters/{id: [0-9a-f-]{36}}/form")
public class FormElsewhereResource {

    private final Pages pages;
    private final Texts texts;
    private final Visitor visitor;
    private final SiteSettings settings;
    private final Newsletters newsletters;
    private final NewsletterAliases aliases;
    private final Attributes attributes;

    @Inject
    public FormElsewhereResource(
            Pages pages,
            Texts texts,
            Visitor visitor,
            SiteSettings settings,
            Newsletters newsletters,
            NewsletterAliases aliases,
            Attributes attributes) {
        this.pages = pages;
        this.texts = texts;
        this.visitor = visitor;
        this.settings = settings;
        this.newsletters = newsletters;
        this.aliases = aliases;
        this.attributes = attributes;
    }

    @GET
    @StaffRole({Role.EDITOR, Role.PUBLISHER})
    public Response look(@PathParam("id") UUID id) {
        NewsletterView newsletter = find(id);
        String known = aliases.of(newsletter.id()).stream()
                .map(UUID::toString)
                .sorted()
                .collect(Collectors.joining("\n"));
        return pages.ok("issues/form", parameters(newsletter, Form.empty().fill("aliases", known)));
    }

    @POST
    @StaffRole({Role.EDITOR, Role.PUBLISHER})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response keep(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        NewsletterView newsletter = find(id);
        Form form = Form.of(sent);
        Set<UUID> typed = read(form);
        if (form.valid()) {
            try {
                aliases.set(newsletter.id(), typed, visitor.account());
                return pages.done("/staff/newsletters/" + id + "/form", "issues.form.aliases.saved", newsletter.name());
            } catch (NewsletterAliases.AliasTaken e) {
                form.reject("aliases", "issues.form.aliases.taken", e.alias().toString());
            }
        }
        return pages.invalid("issues/form", parameters(newsletter, form));
    }

    private static Set<UUID> read(Form form) {
        Set<UUID> read = new HashSet<>();
        for (String line : form.value("aliases").split("[\\s,;]+", -1)) {
            try {
                if (!line.isEmpty()) {
                    read.add(UUID.fromString(line));
                }
            } catch (IllegalArgumentException e) {
                form.reject("aliases", "issues.form.aliases.wrong", line);
            }
        }
        if (read.size() > NewsletterAliases.MOST) {
            form.reject("aliases", "issues.form.aliases.too-many");
        }
        return read;
    }

    /** What the newsletter's forms ask for beside the address. */
    @POST
    @Path("questions")
    @StaffRole({Role.EDITOR, Role.PUBLISHER})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response ask(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        NewsletterView newsletter = find(id);
        Form form = Form.of(sent);
        attributes.ask(
                newsletter.id(),
                HerDetails.fields(attributes).stream()
                        .filter(one -> form.ticked("asked", one.key()))
                        .map(AttributeView::id)
                        .toList(),
                visitor.account());
        return pages.done("/staff/newsletters/" + id + "/form", "issues.form.questions.saved", newsletter.name());
    }

    private Map<String, Object> parameters(NewsletterView newsletter, Form form) {
        List<AttributeView> asked = attributes.askedBy(newsletter.id());
        form.fill("asked", asked.stream().map(AttributeView::key).toList());
        return Map.of(
                "newsletter",
                newsletter,
                "form",
                form,
                "html",
                html(newsletter, asked),
                "link",
                link(newsletter),
                "questions",
                HerDetails.fields(attributes),
                "origins",
                List.copyOf(settings.formOrigins()));
    }

    private String link(NewsletterView newsletter) {
        return settings.publicUrl() + "/join/" + newsletter.slug();
    }

    /** In the newsletter's language: so it stands on the pages of its readers. */
    private String html(NewsletterView newsletter, List<AttributeView> asked) {
        ConsentWording wording = newsletters.wording(newsletter, newsletter.language());
        Locale language = wording.language();
        return """
                <form method="post" action="%s" accept-charset="utf-8">
                  <input type="hidden" name="%s" value="%s">
                  <p><label>%s <input type="email" name="email" required autocomplete="email"></label></p>
                  <p style="position: absolute; left: -9999px" aria-hidden="true"><label>%s
                    <input name="%s" tabindex="-1" autocomplete="off"></label></p>
                %s  <p>%s</p>
                  <p><button>%s</button></p>
                </form>
                """.formatted(
                        link(newsletter),
                        JoinResource.LANGUAGE,
                        language.toLanguageTag(),
                        escaped(texts.text(language, "issues.form.address")),
                        escaped(texts.text(language, "issues.form.trap")),
                        JoinResource.TRAP,
                        asked.stream().map(one -> question(one, language)).collect(Collectors.joining()),
                        escaped(wording.words()),
                        escaped(texts.text(language, "newsletters.subscribe.send")));
    }

    /** A field with what it is for. */
    private String question(AttributeView asked, Locale language) {
        String label = escaped(asked.label(language) + " (" + asked.purpose(language) + ")");
        String name = KnownForm.field(asked);
        String field = switch (asked.type()) {
            case TEXT -> "<input name=\"" + name + "\">";
            case NUMBER -> "<input name=\"" + name + "\" inputmode=\"decimal\">";
            case DATE -> "<input type=\"date\" name=\"" + name + "\">";
            case CHOICE -> select(name, asked.choices(language));
            case YES_NO ->
                select(
                        name,
                        Map.of(
                                "yes", texts.text(language, "newsletters.known.yes"),
                                "no", texts.text(language, "newsletters.known.no")));
        };
        return "  <p><label>" + label + " " + field + "</label></p>\n";
    }

    private static String select(String name, Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> "<option value=\"" + escaped(option.getKey()) + "\">" + escaped(option.getValue())
                        + "</option>")
                .collect(Collectors.joining(
                        "", "<select name=\"" + name + "\"><option value=\"\"></option>", "</select>"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private NewsletterView find(UUID id) {
        return newsletters.find(new NewsletterId(id)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }
}
