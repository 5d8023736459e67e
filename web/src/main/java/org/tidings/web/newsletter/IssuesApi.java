package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.ApiTokens.Scope;
import org.tidings.mail.Appearance;
import org.tidings.mail.AudienceCount;
import org.tidings.mail.RenderedMail;
import org.tidings.newsletter.ChangedMeanwhile;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.IssueNotInState;
import org.tidings.newsletter.IssueText;
import org.tidings.newsletter.IssueTextRejected;
import org.tidings.newsletter.IssueUnknown;
import org.tidings.newsletter.IssueView;
import org.tidings.newsletter.Issues;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.SegmentId;
import org.tidings.newsletter.SegmentUnknown;
import org.tidings.newsletter.Segments;
import org.tidings.newsletter.SendTimePassed;
import org.tidings.newsletter.SendTimeTooFar;
import org.tidings.web.access.ApiScope;
import org.tidings.web.access.Visitor;
import org.tidings.web.api.Idempotent;
import org.tidings.web.api.Slice;
import org.tidings.web.newsletter.ApiViews.IssueJson;
import org.tidings.web.newsletter.Limits.LimitsJson;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.Problem.Violation;
import org.tidings.web.problems.ProblemType;

/** Issues, for programs. */
@Path("/api/v1/issues")
@Produces(MediaType.APPLICATION_JSON)
public class IssuesApi {

    private static final String ID = "{id: [0-9a-f-]{36}}";

    private final Visitor visitor;
    private final Issues issues;
    private final Segments segments;

    @Inject
    public IssuesApi(Visitor visitor, Issues issues, Segments segments) {
        this.visitor = visitor;
        this.issues = issues;
        this.segments = segments;
    }

    /** A changed draft; {@code version} is that of what was read. */
    public record ChangedIssue(
            @Nullable String subject,
            @Nullable String preheader,
            @Nullable String markdown,
            @Nullable Long version) {}

    /**
     * An order to send.
     *
     * @param version of what was looked at
     * @param recipients how many were counted; refused if it is another number by now; may be left out
     * @param at not before this time; now if left out; refused if it is over (five minutes are taken for now)
     * @param limits its own pace and hours
     */
    public record SendOrder(
            @Nullable Long version,
            @Nullable Long recipients,
            @Nullable OffsetDateTime at,
            @Nullable LimitsJson limits) {}

    /** Who would get an issue, and who not by reason. */
    public record AudienceJson(long recipients, Map<String, Long> leftOut) {}

    @GET
    @ApiScope(Scope.NEWSLETTERS_WRITE)
    @Operation(operationId = "listIssues", summary = "Issues, the newest first, without their text")
    public Slice<IssueJson> list(
            @QueryParam("newsletter") @Nullable UUID newsletter,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer asked) {
        int limit = Slice.limit(asked);
        IssueId before =
                Slice.after(cursor).map(NewslettersApi::uuid).map(IssueId::new).orElse(null);
        List<IssueView> found =
                issues.newest(newsletter == null ? null : new NewsletterId(newsletter), before, limit + 1);
        return Slice.of(
                found.stream().map(IssueJson::of).toList(),
                limit,
                one -> one.id().toString());
    }

    @GET
    @Path(ID)
    @ApiScope(Scope.NEWSLETTERS_WRITE)
    @Operation(operationId = "getIssue", summary = "One issue with its text")
    public IssueJson get(@PathParam("id") UUID id) {
        return IssueJson.of(find(id));
    }

    @PUT
    @Path(ID)
    @ApiScope(Scope.NEWSLETTERS_WRITE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "updateIssue", summary = "Replaces a draft's text")
    public IssueJson update(@PathParam("id") UUID id, ChangedIssue sent) {
        IssueText text = new IssueText(
                Objects.requireNonNullElse(sent.subject(), ""),
                Objects.requireNonNullElse(sent.preheader(), ""),
                Objects.requireNonNullElse(sent.markdown(), ""));
        try {
            issues.rewrite(new IssueId(id), text, version(sent.version()), visitor.account());
        } catch (IssueTextRejected e) {
            throw NewslettersApi.refused(e);
        } catch (IssueUnknown e) {
            throw new Problem(ProblemType.NOT_FOUND);
        } catch (ChangedMeanwhile | IssueNotInState e) {
            throw conflict(e);
        }
        return get(id);
    }

    @DELETE
    @Path(ID)
    @ApiScope(Scope.NEWSLETTERS_WRITE)
    @Operation(operationId = "discardIssue", summary = "Throws a draft away; staff can bring it back for a week")
    public void discard(@PathParam("id") UUID id) {
        find(id);
        try {
            issues.discard(new IssueId(id), visitor.account());
        } catch (IssueNotInState e) {
            throw conflict(e);
        }
    }

    /** As a reader gets it. */
    public record PreviewJson(String subject, String html, String text) {}

    @GET
    @Path(ID + "/preview")
    @ApiScope(Scope.NEWSLETTERS_WRITE)
    @Operation(operationId = "previewIssue", summary = "The mail as a reader of this name would get it")
    public PreviewJson preview(@PathParam("id") UUID id, @QueryParam("name") @DefaultValue("") String name) {
        IssueView issue = find(id);
        RenderedMail mail = issues.preview(issue.newsletter().id(), issue.text(), name, Appearance.AS_SET);
        return new PreviewJson(mail.subject(), mail.html(), mail.text());
    }

    /** @param to failed: whom it failed for; rest: everybody whom it has not reached */
    public record ResendOrder(@Nullable String to) {}

    /** @param again how many that was decided about are tried again */
    public record ResentJson(long again) {}

    @POST
    @Path(ID + "/resend")
    @ApiScope(Scope.NEWSLETTERS_SEND)
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "resendIssue", summary = "Tries again whom it failed for, or everybody it has not reached")
    public ResentJson resend(@PathParam("id") UUID id, ResendOrder order) {
        find(id);
        IssueId issue = new IssueId(id);
        try {
            return switch (Objects.requireNonNullElse(order.to(), "")) {
                case "failed" -> new ResentJson(issues.resendToFailed(issue, visitor.account()));
                case "rest" -> new ResentJson(issues.resendToRest(issue, visitor.account()));
                default -> throw new Problem(ProblemType.INVALID, List.of(new Violation("/to", "unknown")));
            };
        } catch (IssueNotInState e) {
            throw new Problem(ProblemType.NOT_BEING_SENT);
        }
    }

    @POST
    @Path(ID + "/test")
    @ApiScope(Scope.NEWSLETTERS_WRITE)
    @Idempotent
    @Operation(operationId = "sendTestIssue", summary = "Sends it to the token's holder alone")
    public Response test(@PathParam("id") UUID id) {
        find(id);
        issues.sendTest(new IssueId(id), visitor.account());
        return Response.accepted().build();
    }

    @GET
    @Path(ID + "/audience")
    @ApiScope(Scope.NEWSLETTERS_SEND)
    @Operation(operationId = "countAudience", summary = "Who would get it now, and who not and why")
    public AudienceJson audience(@PathParam("id") UUID id) {
        find(id);
        AudienceCount count = issues.audience(new IssueId(id));
        Map<String, Long> leftOut = new TreeMap<>();
        count.leftOut().forEach((reason, people) -> leftOut.put(ApiViews.word(reason), people));
        return new AudienceJson(count.recipients(), leftOut);
    }

    /**
     * Whom it goes to, of its newsletter's readers.
     *
     * @param only a segment; all readers if left out
     * @param except a segment that does not get it
     */
    public record ChosenAudience(
            @Nullable UUID only, @Nullable UUID except) {}

    @PUT
    @Path(ID + "/audience")
    @ApiScope(Scope.NEWSLETTERS_SEND)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "chooseAudience",
            summary = "Chooses by segments whom a draft goes to; then as countAudience")
    public AudienceJson choose(@PathParam("id") UUID id, ChosenAudience sent) {
        find(id);
        try {
            segments.choose(
                    new IssueId(id),
                    new Segments.Choice(
                            Optional.ofNullable(sent.only()).map(SegmentId::new),
                            Optional.ofNullable(sent.except()).map(SegmentId::new)),
                    visitor.account());
        } catch (SegmentUnknown e) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation("/only", "unknown")));
        } catch (IssueNotInState e) {
            throw conflict(e);
        }
        return audience(id);
    }

    @POST
    @Path(ID + "/send")
    @ApiScope(Scope.NEWSLETTERS_SEND)
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    @APIResponseSchema(value = IssueJson.class, responseCode = "202")
    @Operation(operationId = "sendIssue", summary = "Begins to send after the undo window, or at a set time")
    public Response send(@PathParam("id") UUID id, SendOrder order) {
        find(id);
        IssueId issue = new IssueId(id);
        Long expected = order.recipients();
        if (expected != null && issues.audience(issue).recipients() != expected) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation("/recipients", "not-the-audience")));
        }
        try {
            issues.send(issue, version(order.version()), order.at(), Limits.read(order.limits()), visitor.account());
        } catch (SendTimePassed e) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation("/at", "in-the-past")));
        } catch (SendTimeTooFar e) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation("/at", "too-far-ahead")));
        } catch (ChangedMeanwhile | IssueNotInState e) {
            throw conflict(e);
        }
        IssueView sent = find(id);
        Response.ResponseBuilder accepted = Response.accepted(IssueJson.of(sent));
        sent.mailing().ifPresent(m -> accepted.location(URI.create("/api/v1/mailings/" + m.value())));
        return accepted.build();
    }

    @POST
    @Path(ID + "/pause")
    @ApiScope(Scope.NEWSLETTERS_SEND)
    @Operation(operationId = "pauseIssue", summary = "Sends no more until resumed; acts within two seconds")
    public IssueJson pause(@PathParam("id") UUID id) {
        return decide(id, issue -> issues.pause(issue, visitor.account()));
    }

    @POST
    @Path(ID + "/resume")
    @ApiScope(Scope.NEWSLETTERS_SEND)
    @Operation(operationId = "resumeIssue", summary = "Goes on sending")
    public IssueJson resume(@PathParam("id") UUID id) {
        return decide(id, issue -> issues.resume(issue, visitor.account()));
    }

    @POST
    @Path(ID + "/cancel")
    @ApiScope(Scope.NEWSLETTERS_SEND)
    @Operation(operationId = "cancelIssue", summary = "Ends the sending; a draft again if nobody got it yet")
    public IssueJson cancel(@PathParam("id") UUID id) {
        return decide(id, issue -> issues.cancel(issue, visitor.account()));
    }

    /** A decision about a running mailing. */
    private interface Decision {
        void take(IssueId issue);
    }

    private IssueJson decide(UUID id, Decision decision) {
        find(id);
        try {
            decision.take(new IssueId(id));
        } catch (IssueNotInState e) {
            throw new Problem(ProblemType.NOT_BEING_SENT);
        }
        return get(id);
    }

    /** Somebody changed it meanwhile, or it is a draft no more (NLT-D4). */
    private static Problem conflict(RuntimeException refused) {
        return new Problem(refused instanceof IssueNotInState ? ProblemType.NOT_A_DRAFT : ProblemType.CONFLICT);
    }

    private IssueView find(UUID id) {
        return issues.find(new IssueId(id)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    private static long version(@Nullable Long sent) {
        if (sent == null) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation("/version", "missing")));
        }
        return sent;
    }
}
