package org.tidings.web.accounts;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.function.Supplier;
import org.tidings.accounts.AddressChanges;
import org.tidings.mail.EmailAddress;
import org.tidings.web.access.Caller;
import org.tidings.web.access.Public;
import org.tidings.web.pages.Pages;

/** Behind the links of a change of address: the new one is confirmed, or the old one restored (SEC-61). */
@Path("/address")
public class AddressLinkResource {

    private static final String KIND = "address";

    private final Pages pages;
    private final AddressChanges changes;
    private final Caller caller;
    private final Answers answers;

    @Inject
    public AddressLinkResource(Pages pages, AddressChanges changes, Caller caller, Answers answers) {
        this.pages = pages;
        this.changes = changes;
        this.caller = caller;
        this.answers = answers;
    }

    @GET
    @Path("{token}")
    @Public
    public Response button(@PathParam("token") String token) {
        return button("confirm", "/address/" + token, () -> changes.find(token));
    }

    @POST
    @Path("{token}")
    @Public
    public Response confirm(@PathParam("token") String token) {
        return answers.whileValid(KIND, () -> {
            changes.confirm(token, caller.client());
            return pages.done("/me", "accounts.address.confirm.done");
        });
    }

    @GET
    @Path("undo/{token}")
    @Public
    public Response undoButton(@PathParam("token") String token) {
        return button("undo", "/address/undo/" + token, () -> changes.findUndo(token));
    }

    @POST
    @Path("undo/{token}")
    @Public
    public Response undo(@PathParam("token") String token) {
        return answers.whileValid(KIND, () -> {
            changes.undo(token);
            return pages.signedOut().done("/sign-in", "accounts.address.undo.done");
        });
    }

    private Response button(String kind, String action, Supplier<EmailAddress> address) {
        return answers.whileValid(
                KIND,
                () -> pages.ok(
                        "accounts/address-link",
                        Map.of(
                                "kind",
                                kind,
                                "action",
                                action,
                                "address",
                                address.get().original())));
    }
}
