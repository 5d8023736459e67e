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
import java.time.Clock;
import java.util.Map;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.Preferences;
import org.tidings.site.Now;
import org.tidings.web.SiteSettings;
import org.tidings.web.access.Public;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** One newsletter of one reader, on or off, reached from each of its issues; a newsletter is forwarded, so this shows nothing else (REV-M6). */
@Path("/preferences/{token: [A-Za-z0-9_-]{1,100}}")
public class PreferencesResource {

    private static final String PREFIX = "/preferences/";

    private final Pages pages;
    private final Preferences preferences;
    private final NewsletterLinks links;
    private final SiteSettings settings;
    private final Clock clock;

    @Inject
    public PreferencesResource(
            Pages pages, Preferences preferences, NewsletterLinks links, SiteSettings settings, Clock clock) {
        this.pages = pages;
        this.preferences = preferences;
        this.links = links;
        this.settings = settings;
        this.clock = clock;
    }

    @GET
    @Public
    public Response look(@PathParam("token") String token) {
        return look(200, token, Form.empty());
    }

    private Response look(int status, String token, Form form) {
        return links.look(
                PREFIX,
                token,
                behind -> pages.respond(
                        status, "newsletters/preferences", Map.of("token", token, "behind", behind, "form", form)));
    }

    /** Off at once; on by a mail to the address. */
    @POST
    @Public
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(@PathParam("token") String token, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return switch (form.value("do")) {
            case "off" -> {
                preferences.unsubscribe(token, Means.PREFERENCES);
                yield pages.seeOther(PREFIX + token);
            }
            case "on" ->
                links.look(PREFIX, token, behind -> {
                    preferences.request(token, links.admitted());
                    return pages.done(PREFIX + token, "newsletters.preferences.asked");
                });
            default -> throw new Problem(ProblemType.BAD_REQUEST);
        };
    }

    /** Nothing of it until a day; an empty day ends the pause. */
    @POST
    @Path("pause")
    @Public
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response pause(@PathParam("token") String token, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        if (form.value("then").equals("resume")) {
            preferences.resume(token);
            return pages.seeOther(PREFIX + token);
        }
        return PauseUntil.read(form, Now.by(clock), settings.zone())
                .map(until -> {
                    preferences.pause(token, until);
                    return pages.seeOther(PREFIX + token);
                })
                .orElseGet(() -> look(422, token, form));
    }

    /** To everything else, by a mail to the address. */
    @POST
    @Path("everything")
    @Public
    public Response everything(@PathParam("token") String token) {
        return links.look(PREFIX, token, behind -> links.everything(token));
    }
}
