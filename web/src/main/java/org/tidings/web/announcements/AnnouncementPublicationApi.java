package org.tidings.web.announcements;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.ApiTokens.Scope;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Ending;
import org.tidings.announcements.Endings;
import org.tidings.announcements.FollowUps;
import org.tidings.announcements.Publications;
import org.tidings.announcements.StaffAnnouncements;
import org.tidings.web.access.ApiScope;
import org.tidings.web.access.Visitor;
import org.tidings.web.api.Idempotent;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** From what was approved to everybody, for programs: how many, sending, stopping, saying how it ended. */
@Path("/api/v1/announcements")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Announcements")
public class AnnouncementPublicationApi {
    private final StaffAnnouncements announcements;
    private final Publications publications;
    private final FollowUps followUps;
    private final Endings endings;
    private final Visitor visitor;

    @Inject
    public AnnouncementPublicationApi(
            StaffAnnouncements announcements,
            Publications publications,
            FollowUps followUps,
            Endings endings,
            Visitor visitor) {
        this.announcements = announcements;
        this.publications = publications;
        this.followUps = followUps;
        this.endings = endings;
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
    @APIResponseSchema(value = AnnouncementJson.class, responseCode = "200")
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
