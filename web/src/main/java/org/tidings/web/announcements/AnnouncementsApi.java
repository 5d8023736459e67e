package org.tidings.web.announcements;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.ApiTokens.Scope;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Approvals;
import org.tidings.announcements.Drafts;
import org.tidings.announcements.StaffAnnouncements;
import org.tidings.web.access.ApiScope;
import org.tidings.web.access.Visitor;
import org.tidings.web.api.Idempotent;
import org.tidings.web.api.Slice;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.Problem.Violation;
import org.tidings.web.problems.ProblemType;

/**
 * Announcements for programs. A program may write, submit, publish what was approved, stop, end and discard. It cannot approve, review or
 * send in an emergency: the first two are a second person's, who has read it, and the last is a person's who answers for it alone, with
 * her password (ADR 32).
 */
@Path("/api/v1/announcements")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Announcements")
public class AnnouncementsApi {
    private final StaffAnnouncements announcements;
    private final Drafts drafts;
    private final Approvals approvals;
    private final Visitor visitor;

    @Inject
    public AnnouncementsApi(StaffAnnouncements announcements, Drafts drafts, Approvals approvals, Visitor visitor) {
        this.announcements = announcements;
        this.drafts = drafts;
        this.approvals = approvals;
        this.visitor = visitor;
    }

    @GET
    @ApiScope(Scope.ANNOUNCEMENTS)
    @Operation(operationId = "listAnnouncements", summary = "Announcements in every state, newest first")
    public Slice<AnnouncementJson> list(
            @Parameter(description = "The next of the page before") @QueryParam("cursor") @Nullable String cursor,
            @Parameter(description = "1 to 200, 50 unless given") @QueryParam("limit") @Nullable Integer limit) {
        int wanted = Slice.limit(limit);
        Optional<AnnouncementId> after = Slice.after(cursor).map(AnnouncementsApi::idOf);
        List<AnnouncementJson> found = announcements.page(after, wanted + 1).stream()
                .map(AnnouncementJson::of)
                .toList();
        return Slice.of(found, wanted, AnnouncementJson::id);
    }

    private AnnouncementJson whole(AnnouncementView view) {
        return AnnouncementJson.of(view, announcements.cautions(view.id()));
    }

    static AnnouncementId idOf(String cursor) {
        try {
            return new AnnouncementId(UUID.fromString(cursor));
        } catch (IllegalArgumentException forged) {
            throw new Problem(ProblemType.BAD_REQUEST, List.of(new Violation("/cursor", "invalid")));
        }
    }

    @POST
    @Idempotent
    @ApiScope(Scope.ANNOUNCEMENTS)
    @Consumes(MediaType.APPLICATION_JSON)
    @APIResponseSchema(value = AnnouncementJson.class, responseCode = "201")
    @Operation(
            operationId = "createAnnouncement",
            summary = "Writes a draft",
            description = "A second person approves it on the staff pages before it can be published.")
    public Response create(@Nullable WrittenJson written) {
        if (written == null) {
            throw new Problem(ProblemType.BAD_REQUEST);
        }
        AnnouncementView view =
                ApiRefusals.refusing(() -> drafts.draft(visitor.account(), written.content(drafts.undoMinutes())));
        return Response.created(URI.create("/api/v1/announcements/" + view.id().value()))
                .entity(AnnouncementJson.of(view))
                .build();
    }

    @GET
    @Path(AnnouncementsResource.ID)
    @ApiScope(Scope.ANNOUNCEMENTS)
    @Operation(operationId = "getAnnouncement", summary = "One announcement, with what the lint found in it")
    public AnnouncementJson get(@PathParam("id") UUID id) {
        return whole(announcements.find(new AnnouncementId(id)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND)));
    }

    /**
     * A change.
     *
     * @param version of the announcement as it was read
     */
    public record ChangedAnnouncement(
            @Nullable Long version, @Nullable WrittenJson content) {}

    @PUT
    @Path(AnnouncementsResource.ID)
    @ApiScope(Scope.ANNOUNCEMENTS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "updateAnnouncement",
            summary = "Replaces what a draft says; a submission or approval is void from then on")
    public AnnouncementJson update(@PathParam("id") UUID id, @Nullable ChangedAnnouncement changed) {
        WrittenJson content = changed == null ? null : changed.content();
        Long version = changed == null ? null : changed.version();
        if (content == null) {
            throw new Problem(ProblemType.BAD_REQUEST);
        }
        if (version == null) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation("/version", "missing")));
        }
        long read = version;
        return whole(ApiRefusals.refusing(() ->
                drafts.edit(visitor.account(), new AnnouncementId(id), read, content.content(drafts.undoMinutes()))));
    }

    @DELETE
    @Path(AnnouncementsResource.ID)
    @ApiScope(Scope.ANNOUNCEMENTS)
    @Operation(
            operationId = "discardAnnouncement",
            summary = "Throws a draft away, also one that was submitted or approved",
            description = "For a week it can be brought back on the staff pages.")
    public void discard(@PathParam("id") UUID id) {
        ApiRefusals.refusing(() -> {
            drafts.discard(visitor.account(), new AnnouncementId(id));
            return id;
        });
    }

    @POST
    @Path(AnnouncementsResource.ID + "/updates")
    @Idempotent
    @ApiScope(Scope.ANNOUNCEMENTS)
    @APIResponseSchema(value = AnnouncementJson.class, responseCode = "201")
    @Operation(
            operationId = "createAnnouncementUpdate",
            summary = "Begins an update of a published announcement, with what stands now",
            description =
                    "To be changed with updateAnnouncement, then approved and published like any other. There is one"
                            + " at a time: 200 and the draft that there is, if there is one.")
    public Response draftUpdate(@PathParam("id") UUID id) {
        AnnouncementId named = new AnnouncementId(id);
        boolean published = ApiRefusals.refusing(
                        () -> announcements.find(named).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND)))
                .publishedAt()
                .isPresent();
        AnnouncementView view = ApiRefusals.refusing(() -> drafts.draftUpdate(visitor.account(), named));
        if (!published) {
            return Response.ok(AnnouncementJson.of(view)).build();
        }
        return Response.created(URI.create("/api/v1/announcements/" + view.id().value()))
                .entity(AnnouncementJson.of(view))
                .build();
    }

    @POST
    @Path(AnnouncementsResource.ID + "/submit")
    @Idempotent
    @ApiScope(Scope.ANNOUNCEMENTS)
    @Operation(operationId = "submitAnnouncement", summary = "Hands a draft to the second person")
    public AnnouncementJson submit(@PathParam("id") UUID id) {
        AnnouncementId named = new AnnouncementId(id);
        if (announcements
                .find(named)
                .filter(view -> view.state() == AnnouncementState.SUBMITTED)
                .isPresent()) {
            throw new Problem(ProblemType.ALREADY_SUBMITTED);
        }
        return whole(ApiRefusals.refusing(() -> approvals.submit(visitor.account(), named)));
    }
}
