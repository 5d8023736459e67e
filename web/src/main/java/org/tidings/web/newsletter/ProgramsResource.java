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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.tidings.accounts.Role;
import org.tidings.newsletter.WebhookEvent;
import org.tidings.newsletter.WebhookRejected;
import org.tidings.newsletter.Webhooks;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** Programs of others that are told what happens (webhooks). For publishers, who may export readers too. */
@Path("/staff/webhooks")
public class ProgramsResource {

    private static final int SHOWN = 100;

    private final Pages pages;
    private final Visitor visitor;
    private final Webhooks webhooks;

    @Inject
    public ProgramsResource(Pages pages, Visitor visitor, Webhooks webhooks) {
        this.pages = pages;
        this.visitor = visitor;
        this.webhooks = webhooks;
    }

    @GET
    @StaffRole(Role.PUBLISHER)
    public Response list() {
        return list(200, Form.empty());
    }

    private Response list(int status, Form form) {
        return pages.respond(
                status, "webhooks/list", Map.of("webhooks", webhooks.all(), "form", form, "events", choices()));
    }

    /** Those that a webhook can be for. */
    static List<WebhookEvent> choices() {
        return Arrays.stream(WebhookEvent.values())
                .filter(event -> event != WebhookEvent.TEST)
                .toList();
    }

    @POST
    @StaffRole(Role.PUBLISHER)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response add(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        Set<WebhookEvent> events = EnumSet.noneOf(WebhookEvent.class);
        choices().stream().filter(event -> form.ticked("event", event.name())).forEach(events::add);
        try {
            UUID made = webhooks.add(form.trimmed("url"), events, form.ticked("address"), visitor.account());
            return pages.done("/staff/webhooks/" + made, "issues.hooks.added");
        } catch (WebhookRejected e) {
            String field = e.reason() == WebhookRejected.Reason.NO_EVENT ? "event" : "url";
            return list(422, form.reject(field, "issues.hooks.wrong." + word(e.reason())));
        }
    }

    @GET
    @Path("{id: [0-9a-f-]{36}}")
    @StaffRole(Role.PUBLISHER)
    @FreshSignIn
    public Response look(@PathParam("id") UUID id) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("webhook", find(id));
        parameters.put("secret", webhooks.secret(id));
        parameters.put("happened", webhooks.events(id, SHOWN));
        return pages.ok("webhooks/one", parameters);
    }

    @POST
    @Path("{id: [0-9a-f-]{36}}")
    @StaffRole(Role.PUBLISHER)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        find(id);
        String what = Form.of(sent).value("do");
        switch (what) {
            case "test" -> webhooks.test(id, visitor.account());
            case "on" -> webhooks.turn(id, true, visitor.account());
            case "off" -> webhooks.turn(id, false, visitor.account());
            case "secret" -> webhooks.changeSecret(id, visitor.account());
            case "remove" -> {
                webhooks.remove(id, visitor.account());
                return pages.done("/staff/webhooks", "issues.hooks.removed");
            }
            default -> throw new Problem(ProblemType.BAD_REQUEST);
        }
        return pages.done("/staff/webhooks/" + id, "issues.hooks.done." + what);
    }

    @POST
    @Path("{id: [0-9a-f-]{36}}/events/{event: [0-9a-f-]{36}}/resend")
    @StaffRole(Role.PUBLISHER)
    @FreshSignIn
    public Response resend(@PathParam("id") UUID id, @PathParam("event") UUID event) {
        find(id);
        webhooks.resend(id, event, visitor.account());
        return pages.done("/staff/webhooks/" + id, "issues.hooks.done.test");
    }

    private Webhooks.Webhook find(UUID id) {
        return webhooks.find(id).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
