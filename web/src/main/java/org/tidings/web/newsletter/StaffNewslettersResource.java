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
import java.text.Collator;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.tidings.accounts.Role;
import org.tidings.newsletter.ChangedMeanwhile;
import org.tidings.newsletter.NewsletterAccess;
import org.tidings.newsletter.NewsletterDetails;
import org.tidings.newsletter.NewsletterDetailsRejected;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.Subscribers;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.site.Languages;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** The publications themselves. */
@Path("/staff/newsletters")
public class StaffNewslettersResource {

    private final Pages pages;
    private final Visitor visitor;
    private final Newsletters newsletters;
    private final Subscribers subscribers;

    @Inject
    public StaffNewslettersResource(Pages pages, Visitor visitor, Newsletters newsletters, Subscribers subscribers) {
        this.pages = pages;
        this.visitor = visitor;
        this.newsletters = newsletters;
        this.subscribers = subscribers;
    }

    @GET
    @StaffRole({Role.EDITOR, Role.PUBLISHER})
    public Response list() {
        Map<NewsletterView, Long> readers = new LinkedHashMap<>();
        for (NewsletterView newsletter : newsletters.all()) {
            readers.put(newsletter, subscribers.count(newsletter.id()).getOrDefault(SubscriptionState.CONFIRMED, 0L));
        }
        return pages.ok("issues/newsletters", Map.of("readers", readers));
    }

    @GET
    @Path("new")
    @StaffRole({Role.EDITOR, Role.PUBLISHER})
    public Response blank() {
        return pages.ok(
                "issues/newsletter",
                parameters(
                        "",
                        "",
                        Form.empty()
                                .fill("language", visitor.language().getLanguage())
                                .fill("access", NewsletterAccess.PUBLIC.name())
                                .fill("offered", "yes")));
    }

    @POST
    @Path("new")
    @StaffRole({Role.EDITOR, Role.PUBLISHER})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response create(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        try {
            newsletters.create(details(form, NewsletterAccess.PUBLIC), visitor.account());
            return pages.done("/staff/newsletters", "issues.newsletter.created", form.trimmed("name"));
        } catch (NewsletterDetailsRejected e) {
            return pages.invalid("issues/newsletter", parameters("", "", reject(form, e)));
        }
    }

    @GET
    @Path("{id: [0-9a-f-]{36}}")
    @StaffRole({Role.EDITOR, Role.PUBLISHER})
    public Response edit(@PathParam("id") UUID id) {
        NewsletterView view = find(id);
        Form form = Form.empty()
                .fill("slug", view.slug())
                .fill("name", view.name())
                .fill("description", view.description())
                .fill("language", view.language().toLanguageTag())
                .fill("access", view.access().name())
                .fill("cadence", view.cadence())
                .fill("sample", view.sample())
                .fill("version", Long.toString(view.version()));
        if (view.offered()) {
            form.fill("offered", "yes");
        }
        return pages.ok("issues/newsletter", parameters(id.toString(), view.listId(), form));
    }

    @POST
    @Path("{id: [0-9a-f-]{36}}")
    @StaffRole({Role.EDITOR, Role.PUBLISHER})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        NewsletterView view = find(id);
        Form form = Form.of(sent);
        try {
            newsletters.change(
                    new NewsletterId(id), details(form, view.access()), Versions.read(form), visitor.account());
            return pages.done("/staff/newsletters", "issues.newsletter.changed", form.trimmed("name"));
        } catch (NewsletterDetailsRejected e) {
            reject(form, e);
        } catch (ChangedMeanwhile e) {
            form.reject("", "issues.changed-meanwhile");
        }
        return pages.invalid("issues/newsletter", parameters(id.toString(), view.listId(), form));
    }

    private NewsletterView find(UUID id) {
        return newsletters.find(new NewsletterId(id)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    private Map<String, Object> parameters(String id, String listId, Form form) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("languages", languages(form.value("language")));
        parameters.put("id", id);
        parameters.put("listId", listId);
        parameters.put("form", form);
        return parameters;
    }

    private static NewsletterDetails details(Form form, NewsletterAccess access) {
        return new NewsletterDetails(
                form.trimmed("slug"),
                form.trimmed("name"),
                form.value("description"),
                Locale.forLanguageTag(form.value("language")),
                form.trimmed("cadence"),
                form.value("sample"),
                form.ticked("offered"),
                access(form, access));
    }

    /** A form of before there was a choice changes nothing of it. */
    private static NewsletterAccess access(Form form, NewsletterAccess present) {
        return Arrays.stream(NewsletterAccess.values())
                .filter(access -> access.name().equals(form.value("access")))
                .findFirst()
                .orElse(present);
    }

    /** Those of the site first, then the one it is written in, whatever that is (NLT-D2), then all others by name. */
    private Map<String, String> languages(String present) {
        Locale reader = visitor.language();
        Map<String, String> languages = new LinkedHashMap<>();
        Languages.ALL.forEach(l -> languages.put(l.toLanguageTag(), l.getDisplayName(reader)));
        if (!present.isEmpty()) {
            languages.putIfAbsent(present, Locale.forLanguageTag(present).getDisplayName(reader));
        }
        Map<String, String> byName = new TreeMap<>(Collator.getInstance(reader));
        for (String code : Locale.getISOLanguages()) {
            byName.putIfAbsent(Locale.forLanguageTag(code).getDisplayLanguage(reader), code);
        }
        byName.forEach((name, code) -> languages.putIfAbsent(code, name));
        return languages;
    }

    private static Form reject(Form form, NewsletterDetailsRejected e) {
        e.fields()
                .forEach((field, reason) -> form.reject(
                        field,
                        "issues.newsletter.wrong."
                                + (field.equals("slug") && reason == NewsletterDetailsRejected.Reason.CHARACTERS
                                        ? "slug"
                                        : reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))));
        return form;
    }
}
