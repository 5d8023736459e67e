package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.ApiTokens.Scope;
import org.tidings.newsletter.ChangedMeanwhile;
import org.tidings.newsletter.Condition;
import org.tidings.newsletter.SegmentId;
import org.tidings.newsletter.SegmentRejected;
import org.tidings.newsletter.SegmentView;
import org.tidings.newsletter.Segments;
import org.tidings.web.access.ApiScope;
import org.tidings.web.access.Visitor;
import org.tidings.web.api.Idempotent;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.Problem.Violation;
import org.tidings.web.problems.ProblemType;

/** Saved conditions over readers, for programs. */
@Path("/api/v1/segments")
@Produces(MediaType.APPLICATION_JSON)
public class SegmentsApi {

    private static final String ID = "{id: [0-9a-f-]{36}}";

    private final Visitor visitor;
    private final Segments segments;

    @Inject
    public SegmentsApi(Visitor visitor, Segments segments) {
        this.visitor = visitor;
        this.segments = segments;
    }

    /** A saved condition; {@code version} is to be given back when it is changed. */
    public record SegmentJson(UUID id, String name, ConditionJson condition, OffsetDateTime changedAt, long version) {

        static SegmentJson of(SegmentView view) {
            return new SegmentJson(
                    view.id().value(),
                    view.name(),
                    ConditionJson.of(view.condition()),
                    view.changedAt(),
                    view.version());
        }
    }

    /** All of them. */
    public record SegmentList(List<SegmentJson> items) {}

    /** What is to be kept. */
    public record SegmentWritten(
            @Nullable String name,
            @Nullable ConditionJson condition,
            @Nullable Long version) {}

    /** @param readers how many fulfil it now, whatever they get */
    public record SegmentCount(long readers) {}

    @GET
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(operationId = "listSegments", summary = "Segments by name")
    public SegmentList list() {
        return new SegmentList(segments.all().stream().map(SegmentJson::of).toList());
    }

    @GET
    @Path(ID)
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(operationId = "getSegment", summary = "One segment")
    public SegmentJson get(@PathParam("id") UUID id) {
        return SegmentJson.of(find(id));
    }

    @POST
    @ApiScope(Scope.SUBSCRIBERS)
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createSegment", summary = "Saves a condition over readers")
    public Response create(SegmentWritten sent) {
        try {
            SegmentId id =
                    segments.define(Objects.requireNonNullElse(sent.name(), ""), condition(sent), visitor.account());
            return Response.created(URI.create("/api/v1/segments/" + id.value()))
                    .entity(get(id.value()))
                    .build();
        } catch (SegmentRejected e) {
            throw refused(e);
        }
    }

    @PUT
    @Path(ID)
    @ApiScope(Scope.SUBSCRIBERS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "updateSegment", summary = "Replaces name and condition")
    public SegmentJson update(@PathParam("id") UUID id, SegmentWritten sent) {
        find(id);
        Long version = sent.version();
        if (version == null) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation("/version", "missing")));
        }
        try {
            segments.change(
                    new SegmentId(id),
                    Objects.requireNonNullElse(sent.name(), ""),
                    condition(sent),
                    version,
                    visitor.account());
        } catch (SegmentRejected e) {
            throw refused(e);
        } catch (ChangedMeanwhile e) {
            throw new Problem(ProblemType.CONFLICT);
        }
        return get(id);
    }

    @DELETE
    @Path(ID)
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(operationId = "deleteSegment", summary = "Removes a segment that no draft goes to")
    public Response delete(@PathParam("id") UUID id) {
        try {
            segments.remove(find(id).id(), visitor.account());
        } catch (SegmentRejected e) {
            throw new Problem(ProblemType.CONFLICT);
        }
        return Response.noContent().build();
    }

    @POST
    @Path("count")
    @ApiScope(Scope.SUBSCRIBERS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "countSegment", summary = "How many readers fulfil a condition; saves nothing")
    public SegmentCount count(ConditionJson sent) {
        try {
            return new SegmentCount(segments.count(sent.read("")));
        } catch (SegmentRejected e) {
            throw refused(e);
        }
    }

    private static Condition condition(SegmentWritten sent) {
        ConditionJson condition = sent.condition();
        if (condition == null) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation("/condition", "missing")));
        }
        return condition.read("/condition");
    }

    private static Problem refused(SegmentRejected e) {
        String code = ApiViews.word(e.reason());
        return new Problem(
                ProblemType.INVALID,
                List.of(
                        code.startsWith("name-")
                                ? new Violation("/name", code.substring("name-".length()))
                                : new Violation("/condition", code)));
    }

    private SegmentView find(UUID id) {
        return segments.find(new SegmentId(id)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }
}
