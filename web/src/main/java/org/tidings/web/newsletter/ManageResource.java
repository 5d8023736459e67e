package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.tidings.newsletter.Sittings;
import org.tidings.web.access.Public;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Mailbox;
import org.tidings.web.pages.Pages;

/**
 * "Send me my link": for everybody who wants to see or change what comes, with a newsletter at hand or none. Says the same for every address.
 */
@Path("/manage")
public class ManageResource {

    private final Pages pages;
    private final Visitor visitor;
    private final Sittings sittings;
    private final NewsletterLinks links;
    private final Mailbox mailbox;

    @Inject
    public ManageResource(Pages pages, Visitor visitor, Sittings sittings, NewsletterLinks links, Mailbox mailbox) {
        this.pages = pages;
        this.visitor = visitor;
        this.sittings = sittings;
        this.links = links;
        this.mailbox = mailbox;
    }

    @GET
    @Public
    public Response form() {
        return visitor.session().isPresent()
                ? pages.seeOther("/me/subscriptions")
                : pages.ok("newsletters/manage", Map.of("form", Form.empty()));
    }

    @POST
    @Public
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response request(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return mailbox.addressIn(form)
                .map(address -> {
                    sittings.request(address, visitor.language(), links.admitted());
                    return mailbox.lookInto("/manage/sent", "/manage", address, form);
                })
                .orElseGet(() -> pages.invalid("newsletters/manage", Map.of("form", form)));
    }

    @GET
    @Path("sent")
    @Public
    public Response sent() {
        return mailbox.page("newsletters/manage-sent", Map.of());
    }

    /** After an erasure; says the same to everybody, and stays true when it is loaded again. */
    @GET
    @Path("erased")
    @Public
    public Response erased() {
        return pages.ok("newsletters/erased", Map.of());
    }
}
