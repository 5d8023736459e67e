package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.ApiTokens.Scope;
import org.tidings.mail.Delivery;
import org.tidings.mail.MailingId;
import org.tidings.mail.Mailings;
import org.tidings.web.access.ApiScope;
import org.tidings.web.api.Slice;
import org.tidings.web.newsletter.ApiViews.DeliveryJson;
import org.tidings.web.newsletter.ApiViews.MailingJson;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** How mailings go and what happened to each recipient, for programs. */
@Path("/api/v1/mailings/{id: [0-9a-f-]{36}}")
@Produces(MediaType.APPLICATION_JSON)
public class MailingsApi {

    private final Mailings mailings;

    @Inject
    public MailingsApi(Mailings mailings) {
        this.mailings = mailings;
    }

    @GET
    @ApiScope(Scope.NEWSLETTERS_SEND)
    @Operation(operationId = "getMailing", summary = "A mailing in figures")
    public MailingJson get(@PathParam("id") UUID id) {
        return mailings.progress(new MailingId(id))
                .map(MailingJson::of)
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    @GET
    @Path("deliveries")
    @ApiScope(Scope.NEWSLETTERS_SEND)
    @Operation(operationId = "listDeliveries", summary = "What happened to each recipient")
    public Slice<DeliveryJson> deliveries(
            @PathParam("id") UUID id,
            @QueryParam("state") @Nullable String state,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer asked) {
        get(id);
        int limit = Slice.limit(asked);
        UUID after = Slice.after(cursor).map(NewslettersApi::uuid).orElse(null);
        List<Delivery> found = mailings.deliveries(new MailingId(id), DeliveryJson.stateOf(state), after, limit + 1);
        return Slice.of(
                found.stream().map(DeliveryJson::of).toList(),
                limit,
                one -> one.recipient().toString());
    }
}
