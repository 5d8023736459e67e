package org.tidings.web.accounts;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.ErasureRequests;
import org.tidings.accounts.ErasureRequests.ErasureRequest;
import org.tidings.accounts.Role;
import org.tidings.accounts.SecondPersonNeeded;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Pages;

/**
 * The erasures that were asked for and have not taken effect. Stopping one needs no password: it does no harm, and may be urgent. Whose
 * account it is, is shown to privacy officers only.
 */
@Path("/staff/erasures")
public class ErasuresResource {

    private final Pages pages;
    private final Visitor visitor;
    private final ErasureRequests erasures;
    private final Accounts accounts;

    @Inject
    public ErasuresResource(Pages pages, Visitor visitor, ErasureRequests erasures, Accounts accounts) {
        this.pages = pages;
        this.visitor = visitor;
        this.erasures = erasures;
        this.accounts = accounts;
    }

    @GET
    @StaffRole({Role.PRIVACY_OFFICER, Role.ADMINISTRATOR})
    public Response list() {
        List<ErasureRequest> open = erasures.open();
        Map<AccountId, AccountView> known = new HashMap<>();
        open.stream()
                .flatMap(asked -> Stream.of(asked.account(), asked.askedBy()))
                .distinct()
                .forEach(id -> accounts.find(id).ifPresent(account -> known.put(id, account)));
        return pages.ok("accounts/erasures", Map.of("erasures", open, "accounts", known, "me", visitor.account()));
    }

    @POST
    @Path("{id}/stop")
    @StaffRole({Role.PRIVACY_OFFICER, Role.ADMINISTRATOR})
    public Response stop(@PathParam("id") UUID id) {
        erasures.stop(visitor.account(), id);
        return pages.done("/staff/erasures", "accounts.erasures.stopped");
    }

    @POST
    @Path("{id}/confirm")
    @StaffRole(Role.PRIVACY_OFFICER)
    @FreshSignIn
    public Response confirm(@PathParam("id") UUID id) {
        try {
            erasures.confirm(visitor.account(), id);
            return pages.done("/staff/erasures", "accounts.erasures.confirmed");
        } catch (SecondPersonNeeded e) {
            return pages.refused("/staff/erasures", "accounts.erasures.second");
        }
    }
}
