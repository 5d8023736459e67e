package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.tidings.newsletter.AttributeOrigin;
import org.tidings.newsletter.AttributeValue;
import org.tidings.newsletter.AttributeValuesRejected;
import org.tidings.newsletter.Attributes;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.SittingOver;
import org.tidings.newsletter.Sittings;
import org.tidings.newsletter.Sittings.Choice;
import org.tidings.newsletter.Sittings.Sheet;
import org.tidings.newsletter.Sittings.State;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.site.Languages;
import org.tidings.web.access.Cookies;
import org.tidings.web.access.Public;
import org.tidings.web.accounts.ExportFiles;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.Zones;

/** Behind the mailed link: everything that is kept about one reader, for one browser and an hour (REV-M6, MBR-03). */
@Path("/manage/link/{token: [A-Za-z0-9_-]{1,100}}")
public class SittingResource {

    private static final String PREFIX = "/manage/link/";
    private static final String FIELD = "newsletter";

    private final Pages pages;
    private final HttpServletRequest request;
    private final Sittings sittings;
    private final Attributes attributes;
    private final NewsletterLinks links;
    private final ExportFiles files;

    @Inject
    public SittingResource(
            Pages pages,
            HttpServletRequest request,
            Sittings sittings,
            Attributes attributes,
            NewsletterLinks links,
            ExportFiles files) {
        this.pages = pages;
        this.request = request;
        this.sittings = sittings;
        this.attributes = attributes;
        this.links = links;
        this.files = files;
    }

    /** A browser that has sent a form of this site has one of these; both end with it. */
    private String browser() {
        return Cookies.value(request, Cookies.SESSION)
                .or(() -> Cookies.value(request, Cookies.FORM))
                .orElse("");
    }

    private Response whileOpen(Supplier<Response> answer) {
        try {
            return answer.get();
        } catch (SittingOver e) {
            return links.damaged(410, "over");
        }
    }

    /** Looking opens nothing: scanners follow links. */
    @GET
    @Public
    public Response look(@PathParam("token") String token) {
        if (sittings.stateOf(token, browser()) == State.NEW) {
            return pages.ok("newsletters/manage-open", Map.of("token", token));
        }
        return whileOpen(() -> sheet(200, token, Form.empty()));
    }

    private Response sheet(int status, String token, Form form) {
        Sheet sheet = sittings.sheet(token, browser(), pages.language());
        if (!form.ticked("zone")) {
            Zones.fill(form, sheet.zone());
            form.fill("language", sheet.language().toLanguageTag());
        }
        List<AttributeValue> known = attributes.of(sittings.reader(token, browser()));
        if (form.names(KnownForm.PREFIX).isEmpty()) {
            KnownForm.fill(form, known);
        }
        form.fill(
                FIELD,
                sheet.choices().stream()
                        .filter(SittingResource::isOn)
                        .map(choice -> choice.newsletter().slug())
                        .toList());
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("token", token);
        parameters.put("sheet", sheet);
        parameters.put("form", form);
        parameters.put("languages", languages(sheet.language()));
        parameters.put("fields", HerDetails.fields(attributes));
        parameters.put("facts", HerDetails.facts(known));
        return pages.respond(status, "newsletters/manage-sheet", parameters);
    }

    private static boolean isOn(Choice choice) {
        return choice.state().filter(s -> s == SubscriptionState.CONFIRMED).isPresent();
    }

    /** What mails are written in, and what she has if an import said another one. */
    private static Map<String, String> languages(Locale hers) {
        Map<String, String> languages = new LinkedHashMap<>();
        Languages.ALL.forEach(l -> languages.put(l.toLanguageTag(), l.getDisplayLanguage(l)));
        languages.putIfAbsent(hers.toLanguageTag(), hers.getDisplayLanguage(hers));
        return languages;
    }

    @POST
    @Path("open")
    @Public
    public Response open(@PathParam("token") String token) {
        return whileOpen(() -> {
            sittings.open(token, browser());
            return pages.seeOther(PREFIX + token);
        });
    }

    @POST
    @Public
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response choose(@PathParam("token") String token, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return whileOpen(() -> {
            Set<NewsletterId> wanted = sittings.sheet(token, browser(), pages.language()).choices().stream()
                    .filter(choice -> form.ticked(FIELD, choice.newsletter().slug()))
                    .map(choice -> choice.newsletter().id())
                    .collect(Collectors.toUnmodifiableSet());
            sittings.choose(token, browser(), wanted, pages.language());
            return pages.done(PREFIX + token, "newsletters.manage.saved");
        });
    }

    @POST
    @Path("none")
    @Public
    public Response none(@PathParam("token") String token) {
        return whileOpen(() -> {
            sittings.unsubscribeAll(token, browser());
            return pages.done(PREFIX + token, "newsletters.manage.none-left");
        });
    }

    @POST
    @Path("about")
    @Public
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response describe(@PathParam("token") String token, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return whileOpen(() -> {
            Sheet sheet = sittings.sheet(token, browser(), pages.language());
            Optional<ZoneId> zone = Zones.read(form);
            String language = form.value("language");
            if (!languages(sheet.language()).containsKey(language)) {
                form.reject("language", "newsletters.manage.language.unknown");
            }
            if (!form.valid()) {
                return sheet(422, token, form);
            }
            boolean kept = sittings.describe(token, browser(), Locale.forLanguageTag(language), zone);
            return kept
                    ? pages.done(PREFIX + token, "newsletters.manage.saved")
                    : pages.refused(PREFIX + token, "newsletters.manage.account");
        });
    }

    /** What the site would like to know; with an account it is said there. */
    @POST
    @Path("details")
    @Public
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response details(@PathParam("token") String token, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return whileOpen(() -> {
            if (sittings.sheet(token, browser(), pages.language()).hasAccount()) {
                return pages.refused(PREFIX + token, "newsletters.manage.account");
            }
            if (!form.valid()) {
                return sheet(422, token, form);
            }
            try {
                attributes.set(
                        sittings.reader(token, browser()),
                        KnownForm.read(form, HerDetails.fields(attributes)),
                        AttributeOrigin.READER);
                return pages.done(PREFIX + token, "newsletters.known.saved");
            } catch (AttributeValuesRejected e) {
                return sheet(422, token, KnownForm.reject(form, e));
            }
        });
    }

    @POST
    @Path("copy/json")
    @Public
    public Response json(@PathParam("token") String token) {
        return whileOpen(() -> files.json(sittings.copy(token, browser())));
    }

    @POST
    @Path("copy/html")
    @Public
    public Response html(@PathParam("token") String token) {
        return whileOpen(() -> files.html(sittings.copy(token, browser())));
    }

    /** A page of its own: nothing that cannot be undone is one press away. */
    @GET
    @Path("erase")
    @Public
    public Response askToErase(@PathParam("token") String token) {
        return whileOpen(() -> erasing(200, token, Form.empty()));
    }

    private Response erasing(int status, String token, Form form) {
        Sheet sheet = sittings.sheet(token, browser(), pages.language());
        if (sheet.hasAccount()) {
            return pages.refused(PREFIX + token, "newsletters.manage.account");
        }
        List<String> names = sheet.choices().stream()
                .filter(SittingResource::isOn)
                .map(choice -> choice.newsletter().name())
                .toList();
        return pages.respond(
                status,
                "newsletters/manage-erase",
                Map.of("token", token, "address", sheet.address(), "names", names, "form", form));
    }

    @POST
    @Path("erase")
    @Public
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response erase(@PathParam("token") String token, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return whileOpen(() -> {
            if (!form.ticked("sure")) {
                return erasing(422, token, form.reject("sure", "newsletters.manage.erase.unsure"));
            }
            return sittings.erase(token, browser())
                    ? pages.seeOther("/manage/erased")
                    : pages.refused(PREFIX + token, "newsletters.manage.account");
        });
    }

    @POST
    @Path("end")
    @Public
    public Response end(@PathParam("token") String token) {
        return whileOpen(() -> {
            sittings.end(token, browser());
            return pages.done("/manage", "newsletters.manage.ended");
        });
    }
}
