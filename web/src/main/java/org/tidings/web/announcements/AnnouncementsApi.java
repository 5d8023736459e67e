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
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.ApiTokens.Scope;
import org.tidings.accounts.AuditLog;
import org.tidings.announcements.AnnouncementAction;
import org.tidings.announcements.AnnouncementDesk;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementUnknown;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.ContentChangedSinceShown;
import org.tidings.announcements.ContentRejected;
import org.tidings.announcements.CountNotConfirmed;
import org.tidings.announcements.EditedMeanwhile;
import org.tidings.announcements.Ending;
import org.tidings.announcements.Endings;
import org.tidings.announcements.FindingsOpen;
import org.tidings.announcements.MonthlyLimitReached;
import org.tidings.announcements.NotInThisState;
import org.tidings.announcements.PeopleWereTold;
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
    private final AnnouncementDesk desk;
    private final Endings endings;
    private final Mailings mailings;
    private final AuditLog auditLog;
    private final Visitor visitor;

    @Inject
    public AnnouncementsApi(
            AnnouncementDesk desk, Endings endings, Mailings mailings, AuditLog auditLog, Visitor visitor) {
        this.desk = desk;
        this.endings = endings;
        this.mailings = mailings;
        this.auditLog = auditLog;
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
        List<AnnouncementJson> found =
                desk.page(after, wanted + 1).stream().map(AnnouncementJson::of).toList();
        return Slice.of(found, wanted, AnnouncementJson::id);
    }

    private AnnouncementJson whole(AnnouncementView view) {
        return AnnouncementJson.of(view, desk.cautions(view.id()));
    }

    private static AnnouncementId idOf(String cursor) {
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
        AnnouncementView view = refusing(() -> desk.draft(visitor.account(), written.content(desk.undoMinutes())));
        return Response.created(URI.create("/api/v1/announcements/" + view.id().value()))
                .entity(AnnouncementJson.of(view))
                .build();
    }

    @GET
    @Path(AnnouncementsResource.ID)
    @ApiScope(Scope.ANNOUNCEMENTS)
    @Operation(operationId = "getAnnouncement", summary = "One announcement, with what the lint found in it")
    public AnnouncementJson get(@PathParam("id") UUID id) {
        return whole(desk.find(new AnnouncementId(id)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND)));
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
        return whole(refusing(
                () -> desk.edit(visitor.account(), new AnnouncementId(id), read, content.content(desk.undoMinutes()))));
    }

    @DELETE
    @Path(AnnouncementsResource.ID)
    @ApiScope(Scope.ANNOUNCEMENTS)
    @Operation(
            operationId = "discardAnnouncement",
            summary = "Throws a draft away, also one that was submitted or approved",
            description = "For a week it can be brought back on the staff pages.")
    public void discard(@PathParam("id") UUID id) {
        refusing(() -> {
            desk.discard(visitor.account(), new AnnouncementId(id));
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
        boolean published = refusing(() -> desk.find(named).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND)))
                .publishedAt()
                .isPresent();
        AnnouncementView view = refusing(() -> desk.draftUpdate(visitor.account(), named));
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
        if (desk.find(named)
                .filter(view -> view.state() == AnnouncementState.SUBMITTED)
                .isPresent()) {
            throw new Problem(ProblemType.ALREADY_SUBMITTED);
        }
        return whole(refusing(() -> desk.submit(visitor.account(), named)));
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
        return AnnouncementJson.of(refusing(() -> desk.publish(
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
        return AudienceJson.of(refusing(() -> desk.audience(new AnnouncementId(id))));
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
        return desk.find(new AnnouncementId(id))
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
        if (desk.find(named).filter(view -> view.mailing().isEmpty()).isPresent()) {
            throw new Problem(ProblemType.NOT_PUBLISHED);
        }
        return AnnouncementJson.of(refusing(() -> desk.stop(visitor.account(), named)));
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
            AnnouncementView update = refusing(() -> endings.tell(visitor.account(), named, ending));
            return Response.created(
                            URI.create("/api/v1/announcements/" + update.id().value()))
                    .entity(AnnouncementJson.of(update))
                    .build();
        }
        boolean confirmed = Boolean.TRUE.equals(written.nobodyIsTold());
        return Response.ok(
                        AnnouncementJson.of(refusing(() -> endings.close(visitor.account(), named, ending, confirmed))))
                .build();
    }

    private static <T> T refusing(Supplier<T> step) {
        try {
            return step.get();
        } catch (AnnouncementUnknown unknown) {
            throw new Problem(ProblemType.NOT_FOUND);
        } catch (ContentRejected rejected) {
            throw new Problem(
                    ProblemType.INVALID,
                    rejected.problems().stream()
                            .map(problem ->
                                    new Violation(WrittenJson.pointer(problem.field()), Words.kebab(problem.reason())))
                            .toList());
        } catch (FindingsOpen open) {
            throw new Problem(
                    ProblemType.INVALID,
                    open.findings().stream()
                            .map(finding -> new Violation(
                                    WrittenJson.pointer(finding.language().getLanguage() + "."
                                            + finding.place().key()),
                                    Words.kebab(finding.rule())))
                            .toList());
        } catch (CountNotConfirmed count) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation("/recipients", "not-the-audience")));
        } catch (MonthlyLimitReached limit) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation("/overrideReason", "monthly-limit")));
        } catch (PeopleWereTold told) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation("/nobodyIsTold", "people-were-told")));
        } catch (EditedMeanwhile faster) {
            throw new Problem(ProblemType.CONFLICT);
        } catch (ContentChangedSinceShown changed) {
            throw new Problem(ProblemType.CHANGED_SINCE_APPROVAL);
        } catch (NotInThisState state) {
            throw new Problem(why(state));
        }
    }

    /** What stands against the step, from where the announcement is. */
    private static ProblemType why(NotInThisState refused) {
        return switch (refused.state()) {
            case "DRAFT" -> ProblemType.NOT_APPROVED;
            case "SUBMITTED" -> ProblemType.NOT_APPROVED;
            case "APPROVED" -> ProblemType.ALREADY_APPROVED;
            case "PUBLISHED" -> ProblemType.ALREADY_PUBLISHED;
            case "ENDED" -> ProblemType.ALREADY_ENDED;
            case "NOT_PUBLIC" -> ProblemType.NOT_PUBLISHED;
            default -> ProblemType.CONFLICT;
        };
    }
}
