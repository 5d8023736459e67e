package org.tidings.web.announcements;

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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.ApiTokens.Scope;
import org.tidings.accounts.AuditLog;
import org.tidings.announcements.AnnouncementAction;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.StaffAnnouncements;
import org.tidings.mail.Delivery;
import org.tidings.mail.MailingId;
import org.tidings.mail.Mailings;
import org.tidings.web.access.ApiScope;
import org.tidings.web.access.Visitor;
import org.tidings.web.api.Slice;
import org.tidings.web.newsletter.ApiViews.DeliveryJson;
import org.tidings.web.newsletter.ApiViews.MailingJson;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** Whom an announcement reached, for programs: figures for announcers, accounts for privacy officers. */
@Path("/api/v1/announcements")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Announcements")
public class AnnouncementReachApi {
    private final StaffAnnouncements announcements;
    private final Mailings mailings;
    private final AuditLog auditLog;
    private final Visitor visitor;

    @Inject
    public AnnouncementReachApi(
            StaffAnnouncements announcements, Mailings mailings, AuditLog auditLog, Visitor visitor) {
        this.announcements = announcements;
        this.mailings = mailings;
        this.auditLog = auditLog;
        this.visitor = visitor;
    }

    @GET
    @Path(AnnouncementsResource.ID + "/mailing")
    @ApiScope(Scope.ANNOUNCEMENTS)
    @Operation(operationId = "getAnnouncementMailing", summary = "How far its mail is, in figures")
    public MailingJson mailing(@PathParam("id") UUID id) {
        return mailings.progress(mailingOf(id))
                .map(MailingJson::of)
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    @GET
    @Path(AnnouncementsResource.ID + "/deliveries")
    @ApiScope(Scope.ACCOUNTS)
    @Operation(
            operationId = "listAnnouncementDeliveries",
            summary = "What happened to each account's mail; recorded",
            description =
                    "For a privacy officer's programs, as the page is for privacy officers. recipient is the account's id.")
    public Slice<DeliveryJson> deliveries(
            @PathParam("id") UUID id,
            @Parameter(description = "handed-over, failed and the like; all unless given")
                    @QueryParam("state")
                    @Nullable
                    String state,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer asked) {
        MailingId mailing = mailingOf(id);
        int limit = Slice.limit(asked);
        UUID after = Slice.after(cursor)
                .map(AnnouncementsApi::idOf)
                .map(AnnouncementId::value)
                .orElse(null);
        List<Delivery> found = mailings.deliveries(mailing, DeliveryJson.stateOf(state), after, limit + 1);
        auditLog.record(visitor.account(), AnnouncementAction.READ_ANNOUNCEMENT_DELIVERIES, "announcement", id, "");
        return Slice.of(
                found.stream().map(DeliveryJson::of).toList(),
                limit,
                one -> one.recipient().toString());
    }

    private MailingId mailingOf(UUID id) {
        return announcements
                .find(new AnnouncementId(id))
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND))
                .mailing()
                .orElseThrow(() -> new Problem(ProblemType.NOT_PUBLISHED));
    }
}
