package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.tidings.accounts.Role;
import org.tidings.newsletter.Leavings;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.OwnText;
import org.tidings.newsletter.OwnWords;
import org.tidings.newsletter.OwnWordsRejected;
import org.tidings.site.Languages;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** What a newsletter says in its own words, one language at a time, and why people leave it. */
@Path("/staff/newsletters/{id: [0-9a-f-]{36}}/words")
public class OwnWordsResource {

    private final Pages pages;
    private final Visitor visitor;
    private final Newsletters newsletters;
    private final OwnWords words;
    private final Leavings leavings;

    @Inject
    public OwnWordsResource(Pages pages, Visitor visitor, Newsletters newsletters, OwnWords words, Leavings leavings) {
        this.pages = pages;
        this.visitor = visitor;
        this.newsletters = newsletters;
        this.words = words;
        this.leavings = leavings;
    }

    @GET
    @StaffRole({Role.EDITOR, Role.PUBLISHER})
    public Response look(@PathParam("id") UUID id, @QueryParam("language") @DefaultValue("") String tag) {
        NewsletterView newsletter = find(id);
        Locale language = tag.isEmpty() ? newsletter.language() : language(tag);
        Form form = Form.empty();
        words.of(newsletter.id(), language).forEach((text, own) -> form.fill(field(text), own));
        return page(200, newsletter, language, form);
    }

    @POST
    @StaffRole({Role.EDITOR, Role.PUBLISHER})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response keep(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        NewsletterView newsletter = find(id);
        Form form = Form.of(sent);
        Locale language = language(form.value("language"));
        Map<OwnText, String> typed = new EnumMap<>(OwnText.class);
        for (OwnText text : OwnText.values()) {
            typed.put(text, form.value(field(text)));
        }
        try {
            words.set(newsletter.id(), language, typed, visitor.account());
        } catch (OwnWordsRejected e) {
            e.texts()
                    .forEach((text, reason) -> form.reject(
                            field(text),
                            "issues.words.wrong."
                                    + reason.name().toLowerCase(Locale.ROOT).replace('_', '-')));
            return page(422, newsletter, language, form);
        }
        return pages.done(
                "/staff/newsletters/" + id + "/words?language=" + language.toLanguageTag(), "issues.words.saved");
    }

    private Response page(int status, NewsletterView newsletter, Locale language, Form form) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("newsletter", newsletter);
        parameters.put("language", language);
        parameters.put("languages", languages(newsletter, language));
        parameters.put("form", form.fill("language", language.toLanguageTag()));
        parameters.put("standard", words.standard(language));
        parameters.put("spoken", Languages.offered(language.getLanguage()).isPresent());
        parameters.put("versions", words.versions(newsletter.id(), language, OwnText.CONSENT));
        parameters.put("leavings", leavings.of(newsletter.id()));
        return pages.respond(status, "issues/words", parameters);
    }

    /** Where there are words, or people are spoken to: the newsletter's first, then ours, then those of its own. */
    private Map<String, String> languages(NewsletterView newsletter, Locale shown) {
        Map<String, String> all = new LinkedHashMap<>();
        put(all, newsletter.language());
        Languages.ALL.forEach(language -> put(all, language));
        words.languages(newsletter.id()).forEach(language -> put(all, language));
        put(all, shown);
        return all;
    }

    private void put(Map<String, String> all, Locale language) {
        all.putIfAbsent(language.toLanguageTag(), language.getDisplayName(visitor.language()));
    }

    /** Names of form fields are in small letters with hyphens. */
    public static String field(OwnText text) {
        return text.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Locale language(String tag) {
        Locale language = Locale.forLanguageTag(tag);
        if (language.getLanguage().isEmpty() || language.toLanguageTag().length() > 35) {
            throw new Problem(ProblemType.BAD_REQUEST);
        }
        return language;
    }

    private NewsletterView find(UUID id) {
        return newsletters.find(new NewsletterId(id)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }
}
