package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tidings.accounts.AskedTooOften;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.EmailAddressRejected;
import org.tidings.newsletter.NewsletterAliases;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.web.access.OpenToOtherSites;
import org.tidings.web.access.OtherSites;
import org.tidings.web.access.Public;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Mailbox;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.TypedAddress;

/**
 * Where the forms of a site that used listmonk are sent to, answered as listmonk 5 answers them, but that everybody confirms by mail. The
 * name that they may bring is passed over: nothing of a stranger's goes to a mailbox that nobody proved (REV-M2).
 */
@Path("/")
public class ListmonkResource {

    private static final String BECAUSE =
            "one mail with a link is all that this causes, as everybody's typing does on our own pages";
    /** listmonk's name for the field that nobody sees. */
    private static final String TRAP = "nonce";

    private final Pages pages;
    private final Newsletters newsletters;
    private final NewsletterAliases aliases;
    private final AskingToSubscribe asking;
    private final OtherSites otherSites;
    private final Mailbox mailbox;

    @Inject
    public ListmonkResource(
            Pages pages,
            Newsletters newsletters,
            NewsletterAliases aliases,
            AskingToSubscribe asking,
            OtherSites otherSites,
            Mailbox mailbox) {
        this.pages = pages;
        this.newsletters = newsletters;
        this.aliases = aliases;
        this.asking = asking;
        this.otherSites = otherSites;
        this.mailbox = mailbox;
    }

    @GET
    @Path("subscription/form")
    @Public
    public Response look() {
        return pages.seeOther("/subscribe");
    }

    @POST
    @Path("subscription/form")
    @Public
    @OpenToOtherSites(because = BECAUSE)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response ask(MultivaluedMap<String, String> sent) {
        Form form = TypedAddress.alsoFrom(Form.of(sent), "email", "address");
        if (!form.value(TRAP).isEmpty()) {
            return pages.seeOther("/subscribe/sent");
        }
        Set<NewsletterId> wanted = aliases.meant(ids(form.values("l")));
        form.fill("newsletter", slugs(wanted));
        if (wanted.isEmpty()) {
            form.reject("newsletter", "newsletters.subscribe.none");
        }
        Optional<EmailAddress> address = mailbox.addressAskingIn(form);
        if (wanted.isEmpty() || address.isEmpty()) {
            return pages.invalid("newsletters/subscribe", parameters(form, false));
        }
        if (!otherSites.mayAskAtOnce()) {
            return pages.ok("newsletters/subscribe", parameters(form, true));
        }
        asking.ask(wanted, address.get());
        return mailbox.lookInto("/subscribe/sent", "/subscribe", address.get(), form, "newsletter");
    }

    private Map<String, Object> parameters(Form form, boolean onceMore) {
        return Map.of("form", form, "newsletters", newsletters.offered(), "onceMore", onceMore);
    }

    private List<String> slugs(Set<NewsletterId> wanted) {
        return newsletters.offered().stream()
                .filter(newsletter -> wanted.contains(newsletter.id()))
                .map(NewsletterView::slug)
                .toList();
    }

    /** For scripts of a site that was named. */
    @OPTIONS
    @Path("api/public/subscription")
    @Public
    @OpenToOtherSites(because = "it says who may ask, and does nothing")
    public Response mayAsk() {
        return readable(Response.noContent()
                .header("Access-Control-Allow-Methods", "POST")
                .header("Access-Control-Allow-Headers", "Content-Type"));
    }

    @POST
    @Path("api/public/subscription")
    @Public
    @OpenToOtherSites(because = BECAUSE)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response askAsAForm(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        List<String> lists = new ArrayList<>(form.values("l"));
        lists.addAll(form.values("list_uuids"));
        return ask(form.value("email"), lists);
    }

    @POST
    @Path("api/public/subscription")
    @Public
    @OpenToOtherSites(because = BECAUSE)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response askAsJson(String sent) {
        try (JsonReader reader = Json.createReader(new StringReader(sent))) {
            JsonStructure read = reader.read();
            if (!(read instanceof JsonObject order)) {
                return refused("The body is not a JSON object.");
            }
            List<String> lists = order.get("list_uuids") instanceof Collection<?> several
                    ? several.stream()
                            .filter(JsonString.class::isInstance)
                            .map(one -> ((JsonString) one).getString())
                            .toList()
                    : List.of();
            JsonValue email = order.get("email");
            return ask(email instanceof JsonString text ? text.getString() : "", lists);
        } catch (JsonException e) {
            return refused("The body is not a JSON object.");
        }
    }

    private Response ask(String typed, List<String> lists) {
        if (!otherSites.mayAskAtOnce()) {
            return json(403, message("This site is not named in tidings.forms.origins."));
        }
        Set<NewsletterId> wanted = aliases.meant(ids(lists));
        if (wanted.isEmpty()) {
            return refused("No list_uuids of a newsletter on offer.");
        }
        try {
            asking.ask(wanted, EmailAddress.pasted(typed));
        } catch (EmailAddressRejected e) {
            return refused("No e-mail address.");
        } catch (AskedTooOften e) {
            return readable(Response.status(429)
                    .header("Retry-After", e.retryAfter().toSeconds())
                    .type(MediaType.APPLICATION_JSON)
                    .entity(message("Asked too often from here.").toString()));
        }
        return json(
                200,
                Json.createObjectBuilder()
                        .add("data", Json.createObjectBuilder().add("has_optin", true))
                        .build());
    }

    @GET
    @Path("api/public/lists")
    @Public
    public Response lists() {
        JsonArrayBuilder lists = Json.createArrayBuilder();
        for (NewsletterView newsletter : newsletters.offered()) {
            UUID id = aliases.of(newsletter.id()).stream()
                    .min(UUID::compareTo)
                    .orElse(newsletter.id().value());
            lists.add(Json.createObjectBuilder().add("uuid", id.toString()).add("name", newsletter.name()));
        }
        return json(200, lists.build());
    }

    private static Set<UUID> ids(Collection<String> typed) {
        Set<UUID> ids = new LinkedHashSet<>();
        for (String one : typed.stream().limit(NewsletterAliases.MOST).collect(Collectors.toSet())) {
            try {
                ids.add(UUID.fromString(one.strip()));
            } catch (IllegalArgumentException e) {
                // Stands for nothing of ours.
            }
        }
        return ids;
    }

    private Response refused(String why) {
        return json(400, message(why));
    }

    private static JsonObject message(String why) {
        return Json.createObjectBuilder().add("message", why).build();
    }

    private Response json(int status, JsonStructure entity) {
        return readable(Response.status(status).type(MediaType.APPLICATION_JSON).entity(entity.toString()));
    }

    private Response readable(Response.ResponseBuilder answer) {
        otherSites
                .named()
                .ifPresent(origin ->
                        answer.header("Access-Control-Allow-Origin", origin).header("Vary", "Origin"));
        return answer.build();
    }
}
