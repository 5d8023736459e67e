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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tidings.mail.EmailAddress;
import org.tidings.newsletter.Attributes;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.OwnText;
import org.tidings.newsletter.OwnWords;
import org.tidings.newsletter.OwnWords.Said;
import org.tidings.newsletter.SubscriptionLinkUnusable;
import org.tidings.newsletter.Subscriptions;
import org.tidings.newsletter.Subscriptions.Confirmation;
import org.tidings.web.access.Public;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Mailbox;
import org.tidings.web.pages.Pages;

/** Subscribing with an address alone, confirmed by mail. */
@Path("/subscribe")
public class SubscribeResource {

    private static final String TOKEN = "[A-Za-z0-9_-]{1,100}";

    private final Pages pages;
    private final Newsletters newsletters;
    private final Subscriptions subscriptions;
    private final OwnWords words;
    private final Attributes attributes;
    private final AskingToSubscribe asking;
    private final Mailbox mailbox;

    @Inject
    public SubscribeResource(
            Pages pages,
            Newsletters newsletters,
            Subscriptions subscriptions,
            OwnWords words,
            Attributes attributes,
            AskingToSubscribe asking,
            Mailbox mailbox) {
        this.pages = pages;
        this.newsletters = newsletters;
        this.subscriptions = subscriptions;
        this.words = words;
        this.attributes = attributes;
        this.asking = asking;
        this.mailbox = mailbox;
    }

    @GET
    @Public
    public Response choose() {
        return pages.ok("newsletters/subscribe", parameters(Form.empty()));
    }

    /** Says the same for every address. */
    @POST
    @Public
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response subscribe(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        Set<NewsletterId> wanted = newsletters.offered().stream()
                .filter(n -> form.ticked("newsletter", n.slug()))
                .map(NewsletterView::id)
                .collect(Collectors.toSet());
        if (wanted.isEmpty()) {
            form.reject("newsletter", "newsletters.subscribe.none");
        }
        Optional<EmailAddress> address = mailbox.addressAskingIn(form);
        if (!form.valid() || address.isEmpty()) {
            return pages.invalid("newsletters/subscribe", parameters(form));
        }
        asking.ask(wanted, address.get());
        return mailbox.lookInto("/subscribe/sent", "/subscribe", address.get(), form, "newsletter");
    }

    private Map<String, Object> parameters(Form form) {
        return Map.of("form", form, "newsletters", newsletters.offered());
    }

    @GET
    @Path("sent")
    @Public
    public Response sent() {
        return mailbox.page("newsletters/sent", Map.of());
    }

    /** Scanners follow links: this changes nothing (SEC-05). */
    @GET
    @Path("confirm/{token: " + TOKEN + "}")
    @Public
    public Response look(@PathParam("token") String token) {
        Optional<Confirmation> confirmation = subscriptions.confirmation(token);
        if (confirmation.filter(c -> !c.used() && !c.expired()).isPresent()) {
            return pages.ok(
                    "newsletters/confirm",
                    Map.of("confirmation", confirmation.get(), "token", token, "answers", attributes.waiting(token)));
        }
        // Loaded again, tapped twice, or looked up a week later: what is so is said, not what became of the link
        // (MBR-07).
        return confirmation
                .filter(c -> !c.subscribed().isEmpty())
                .map(c -> pages.ok("newsletters/confirmed", Map.of("confirmation", c, "words", wordsOf(c))))
                .orElseGet(() -> unusable(confirmation));
    }

    private Map<NewsletterId, Said> wordsOf(Confirmation confirmation) {
        Map<NewsletterId, Said> said = new HashMap<>();
        confirmation
                .subscribed()
                .forEach(newsletter -> words.said(newsletter, OwnText.CONFIRMED, pages.language())
                        .ifPresent(one -> said.put(newsletter.id(), one)));
        return said;
    }

    @POST
    @Path("confirm/{token: " + TOKEN + "}")
    @Public
    public Response confirm(@PathParam("token") String token) {
        try {
            subscriptions.confirm(token);
        } catch (SubscriptionLinkUnusable e) {
            // Its page says why, and what is so.
        }
        return pages.seeOther("/subscribe/confirm/" + token);
    }

    private Response unusable(Optional<Confirmation> confirmation) {
        boolean used = confirmation.filter(Confirmation::used).isPresent();
        return pages.respond(used ? 200 : 410, "newsletters/unusable", Map.of("used", used, "form", Form.empty()));
    }
}
