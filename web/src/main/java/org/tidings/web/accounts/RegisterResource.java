package org.tidings.web.accounts;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.tidings.accounts.Registrations;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.web.access.Caller;
import org.tidings.web.access.Public;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Mailbox;
import org.tidings.web.pages.Pages;

/** Asks for an address, and for nothing else (P1). The answer is the same for every address (SEC-01). */
@Path("/register")
public class RegisterResource {

    /**
     * A newsletter to tick.
     *
     * @param wording what is agreed to by ticking
     */
    public record Offer(String id, String name, String wording) {}

    private final Pages pages;
    private final Visitor visitor;
    private final Registrations registrations;
    private final Newsletters newsletters;
    private final Caller caller;
    private final Mailbox mailbox;

    @Inject
    public RegisterResource(
            Pages pages,
            Visitor visitor,
            Registrations registrations,
            Newsletters newsletters,
            Caller caller,
            Mailbox mailbox) {
        this.mailbox = mailbox;
        this.pages = pages;
        this.visitor = visitor;
        this.registrations = registrations;
        this.newsletters = newsletters;
        this.caller = caller;
    }

    @GET
    @Public
    public Response form() {
        return visitor.session().isPresent()
                ? pages.seeOther("/me")
                : pages.ok("accounts/register", Map.of("form", Form.empty(), "offers", offers()));
    }

    @POST
    @Public
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response request(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return mailbox.addressAskingIn(form)
                .map(address -> {
                    registrations.request(
                            address, pages.language(), new HashSet<>(form.values("newsletter")), caller.client());
                    return mailbox.lookInto("/register/sent", "/register", address, form, "newsletter");
                })
                .orElseGet(() -> pages.invalid("accounts/register", Map.of("form", form, "offers", offers())));
    }

    @GET
    @Path("sent")
    @Public
    public Response sent() {
        return mailbox.page("accounts/mail-sent", Map.of("kind", "register", "again", "/register"));
    }

    private List<Offer> offers() {
        return newsletters.offered().stream().map(this::offer).toList();
    }

    private Offer offer(NewsletterView newsletter) {
        return new Offer(
                newsletter.id().value().toString(),
                newsletter.name(),
                newsletters.wording(newsletter, pages.language()).words());
    }
}
