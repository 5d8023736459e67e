package org.tidings.web.announcements;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.ApiTokens.Scope;
import org.tidings.accounts.AuditLog;
import org.tidings.announcements.AnnouncementAction;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Ending;
import org.tidings.announcements.Endings;
import org.tidings.announcements.FollowUps;
import org.tidings.announcements.Publications;
import org.tidings.announcements.StaffAnnouncements;
import org.tidings.mail.Delivery;
import org.tidings.mail.MailingId;
import org.tidings.mail.Mailings;
import org.tidings.web.access.ApiScope;
import org.tidings.web.access.Visitor;
import org.tidings.web.api.Idempotent;
import org.tidings.web.api.Slice;
import org.tidings.web.newsletter.ApiViews.DeliveryJson;
import org.tidings.web.newsletter.ApiViews.MailingJson;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** From what was approved to everybody, for programs: how many, whom it reached, stopping it, saying how it ended. */
@Path("/api/v1/announcements")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Announcements")
public class AnnouncementMailingsApi {
    private final StaffAnnouncements announcements;
    private final Publications publications;
    private final FollowUps followUps;
    private final Endings endings;
    private final Mailings mailings;
    private final AuditLog auditLog;
    private final Visitor visitor;

    @Inject
    public AnnouncementMailingsApi(
            StaffAnnouncements announcements,
            Publications publications,
            FollowUps followUps,
            Endings endings,
            Mailings mailings,
            AuditLog auditLog,
            Visitor visitor) {
        this.announcements = announcements;
        this.publications = publications;
        this.followUps = followUps;
        this.endings = endings;
        this.mailings = mailings;
        this.auditLog = auditLog;
        this.visitor = visitor;
    }

    @POST
    @Path(AnnouncementsResource.ID + "/publish")
    @Idempotent
    @ApiScope(Scope.ANNOUNCEMENTS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "publishAnnouncement",
            summary = "Publishes what a second person approved, after the undo window",
            description = "The number of recipients must be that of countAnnouncementAudience.")
    public AnnouncementJson publish(@PathParam("id") UUID id, @Nullable PublishJson order) {
        if (order == null) {
            throw new Problem(ProblemType.BAD_REQUEST);
        }
        return AnnouncementJson.of(ApiRefusals.refusing(() -> publications.publish(
                visitor.account(),
                new AnnouncementId(id),
                order.recipients(),
                Optional.ofNullable(order.overrideReason()))));
    }

    @GET
    @Path(AnnouncementsResource.ID + "/audience")
    @ApiScope(Scope.ANNOUNCEMENTS)
    @Operation(operationId = "countAnnouncementAudience", summary = "How many would get it now")
    public AudienceJson audience(@PathParam("id") UUID id) {
        return AudienceJson.of(ApiRefusals.refusing(() -> publications.audience(new AnnouncementId(id))));
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

    @POST
    @Path(AnnouncementsResource.ID + "/stop")
    @Idempotent
    @ApiScope(Scope.ANNOUNCEMENTS)
    @Operation(operationId = "stopAnnouncement", summary = "Takes it back within the undo window, or stops the rest")
    public AnnouncementJson stop(@PathParam("id") UUID id) {
        AnnouncementId named = new AnnouncementId(id);
        if (announcements.find(named).filter(view -> view.mailing().isEmpty()).isPresent()) {
            throw new Problem(ProblemType.NOT_PUBLISHED);
        }
        return AnnouncementJson.of(ApiRefusals.refusing(() -> followUps.stop(visitor.account(), named)));
    }

    @POST
    @Path(AnnouncementsResource.ID + "/close")
    @Idempotent
    @ApiScope(Scope.ANNOUNCEMENTS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "closeAnnouncement",
            summary = "Says how it ended, or that it takes longer",
            description =
                    "By mail: 201 and the update that tells it, to be approved and published like any other. Without a mail: 200,"
                            + " and page, feeds and calendars say so at once.")
    public Response close(@PathParam("id") UUID id, @Nullable EndingJson written) {
        if (written == null) {
            throw new Problem(ProblemType.BAD_REQUEST);
        }
        Ending ending = written.ending();
        AnnouncementId named = new AnnouncementId(id);
        if (written.told(ending)) {
            AnnouncementView update = ApiRefusals.refusing(() -> endings.tell(visitor.account(), named, ending));
            return Response.created(
                            URI.create("/api/v1/announcements/" + update.id().value()))
                    .entity(AnnouncementJson.of(update))
                    .build();
        }
        boolean confirmed = Boolean.TRUE.equals(written.nobodyIsTold());
        return Response.ok(AnnouncementJson.of(
                        ApiRefusals.refusing(() -> endings.close(visitor.account(), named, ending, confirmed))))
                .build();
    }
}
