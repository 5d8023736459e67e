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
import org.tidings.newsletter.IssueView;
import org.tidings.newsletter.Issues;
import org.tidings.web.access.ApiScope;
import org.tidings.web.api.Slice;
import org.tidings.web.newsletter.ApiViews.DeliveryJson;
import org.tidings.web.newsletter.ApiViews.MailingJson;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/**
 * How the mailings of issues go and what happened to each recipient, for programs; each look at recipients is on record. Announcements'
 * mailings are unknown here: {@code announcements} has their figures, and {@code accounts} whom they reached.
 */
@Path("/api/v1/mailings/{id: [0-9a-f-]{36}}")
@Produces(MediaType.APPLICATION_JSON)
public class MailingsApi {

    private final Mailings mailings;
    private final Issues issues;
    private final LooksOnRecord looks;

    @Inject
    public MailingsApi(Mailings mailings, Issues issues, LooksOnRecord looks) {
        this.mailings = mailings;
        this.issues = issues;
        this.looks = looks;
    }

    @GET
    @ApiScope(Scope.NEWSLETTERS_SEND)
    @Operation(operationId = "getMailing", summary = "The mailing of an issue in figures")
    public MailingJson get(@PathParam("id") UUID id) {
        issue(id);
        return mailings.progress(new MailingId(id))
                .map(MailingJson::of)
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    @GET
    @Path("deliveries")
    @ApiScope(Scope.NEWSLETTERS_SEND)
    @Operation(operationId = "listDeliveries", summary = "What happened to each recipient of an issue; recorded")
    public Slice<DeliveryJson> deliveries(
            @PathParam("id") UUID id,
            @QueryParam("state") @Nullable String state,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer asked) {
        IssueView issue = issue(id);
        int limit = Slice.limit(asked);
        UUID after = Slice.after(cursor).map(NewslettersApi::uuid).orElse(null);
        List<Delivery> found = mailings.deliveries(new MailingId(id), DeliveryJson.stateOf(state), after, limit + 1);
        looks.deliveries(issue, Math.min(found.size(), limit));
        return Slice.of(
                found.stream().map(DeliveryJson::of).toList(),
                limit,
                one -> one.recipient().toString());
    }

    private IssueView issue(UUID mailing) {
        return issues.sentAs(new MailingId(mailing)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }
}
