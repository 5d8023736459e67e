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
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.Preferences;
import org.tidings.newsletter.Preferences.Choice;
import org.tidings.newsletter.Preferences.Sheet;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.web.access.Public;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.Zones;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** All newsletters of one address, reached from every newsletter without signing in. */
@Path("/preferences/{token: [A-Za-z0-9_-]{1,100}}")
public class PreferencesResource {

    private static final String FIELD = "newsletter";

    private final Pages pages;
    private final Preferences preferences;

    @Inject
    public PreferencesResource(Pages pages, Preferences preferences) {
        this.pages = pages;
        this.preferences = preferences;
    }

    @GET
    @Public
    public Response look(@PathParam("token") String token) {
        if (!preferences.genuine(token)) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        return preferences
                .sheet(token)
                .map(sheet -> pages.ok("newsletters/preferences", shown(token, sheet, Form.empty())))
                .orElseGet(() -> pages.ok("newsletters/nothing", Map.of()));
    }

    private static Map<String, Object> shown(String token, Sheet sheet, Form form) {
        return Map.of(
                "token",
                token,
                "sheet",
                sheet,
                "form",
                Zones.fillHidden(form.fill(FIELD, ticked(sheet)), sheet.zoneKnown()));
    }

    private static List<String> ticked(Sheet sheet) {
        return sheet.choices().stream()
                .filter(PreferencesResource::isOn)
                .map(choice -> choice.newsletter().slug())
                .toList();
    }

    private static boolean isOn(Choice choice) {
        return choice.state().filter(s -> s == SubscriptionState.CONFIRMED).isPresent();
    }

    /** What was unticked ends now; what was ticked is asked for by mail, as this link may have been forwarded. */
    @POST
    @Public
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response save(@PathParam("token") String token, MultivaluedMap<String, String> sent) {
        Sheet sheet = sheet(token);
        Form form = Form.of(sent);
        boolean asked = false;
        for (Choice choice : sheet.choices()) {
            boolean wanted = form.ticked(FIELD, choice.newsletter().slug());
            if (!wanted && choice.state().isPresent()) {
                preferences.unsubscribe(token, choice.newsletter().id());
            } else if (wanted && !isOn(choice)) {
                preferences.request(token, choice.newsletter().id());
                asked = true;
            }
        }
        return pages.done(
                "/preferences/" + token, asked ? "newsletters.preferences.asked" : "newsletters.preferences.saved");
    }

    /** The time of day at which issues come. What is stored is never shown, as this link may have been forwarded. */
    @POST
    @Path("zone")
    @Public
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response liveIn(@PathParam("token") String token, MultivaluedMap<String, String> sent) {
        Sheet sheet = sheet(token);
        Form form = Form.of(sent);
        if (form.trimmed("zone").equals(Zones.KEEP)) {
            return pages.seeOther("/preferences/" + token);
        }
        Optional<ZoneId> zone = Zones.read(form);
        if (!form.valid()) {
            return pages.invalid("newsletters/preferences", shown(token, sheet, form));
        }
        if (!preferences.liveIn(token, zone)) {
            return pages.refused("/preferences/" + token, "newsletters.preferences.zone.account");
        }
        return pages.done(
                "/preferences/" + token,
                zone.isPresent() ? "newsletters.preferences.zone.saved" : "newsletters.preferences.zone.forgotten");
    }

    @POST
    @Path("none")
    @Public
    public Response none(@PathParam("token") String token) {
        if (!preferences.unsubscribeAll(token, Means.PREFERENCES)) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        return pages.done("/preferences/" + token, "newsletters.preferences.none-left");
    }

    @POST
    @Path("erase")
    @Public
    public Response erase(@PathParam("token") String token) {
        sheet(token);
        return preferences.erase(token)
                ? pages.seeOther("/preferences/" + token)
                : pages.refused("/preferences/" + token, "newsletters.preferences.account");
    }

    private Sheet sheet(String token) {
        return preferences.sheet(token).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }
}
