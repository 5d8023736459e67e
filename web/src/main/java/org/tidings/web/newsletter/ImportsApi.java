package org.tidings.web.newsletter;

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
import jakarta.ws.rs.core.StreamingOutput;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.ApiTokens.Scope;
import org.tidings.newsletter.ImportAnswer;
import org.tidings.newsletter.ImportId;
import org.tidings.newsletter.ImportNotInState;
import org.tidings.newsletter.ImportReport;
import org.tidings.newsletter.ImportUnknown;
import org.tidings.newsletter.ImportView;
import org.tidings.newsletter.Imports;
import org.tidings.newsletter.NewsletterId;
import org.tidings.web.access.ApiScope;
import org.tidings.web.access.Visitor;
import org.tidings.web.api.Slice;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.Problem.Violation;
import org.tidings.web.problems.ProblemType;

/** Imports that run in the background, for programs; {@code importSubscribers} begins them. */
@Path("/api/v1/imports")
@Produces(MediaType.APPLICATION_JSON)
public class ImportsApi {

    private static final String ID = "{id: [0-9a-f-]{36}}";

    private final Visitor visitor;
    private final Imports imports;
    private final LooksOnRecord looks;

    @Inject
    public ImportsApi(Visitor visitor, Imports imports, LooksOnRecord looks) {
        this.visitor = visitor;
        this.imports = imports;
        this.looks = looks;
    }

    /**
     * An import.
     *
     * @param state {@code looking}, {@code checking} and {@code running} go on by themselves; {@code asking} waits for answers to the
     *     questions of the report; {@code done}, {@code undone}, {@code failed} and {@code given-up} are ends
     * @param done rows of {@code total} that this step has behind it
     * @param report what came of it; of a running one, so far
     * @param problem why it failed, where the file is the reason
     * @param undoable whether it can be undone: nothing was sent to these people so far, and no later import ran
     */
    public record ImportJson(
            UUID id,
            UUID newsletter,
            String state,
            String fileName,
            OffsetDateTime createdAt,
            OffsetDateTime changedAt,
            long done,
            long total,
            @Nullable ImportReport report,
            @Nullable String problem,
            boolean undoable) {

        static ImportJson of(ImportView view) {
            return new ImportJson(
                    view.id().value(),
                    view.newsletter().value(),
                    ApiViews.word(view.state()),
                    view.fileName(),
                    view.createdAt(),
                    view.changedAt(),
                    view.done(),
                    view.total(),
                    view.report().orElse(null),
                    view.problem()
                            .map(problem -> ApiViews.word(problem.reason()))
                            .orElse(null),
                    view.undoable());
        }
    }

    /**
     * What a value means.
     *
     * @param column of the question
     * @param value of the question; {@code *} for all others of the column
     * @param answer {@code subscribed}, {@code left}, {@code blocked} or {@code leave-out}
     */
    public record GivenAnswer(
            @Nullable String column,
            @Nullable String value,
            @Nullable String answer) {}

    /** Answers to the questions of an import. */
    public record GivenAnswers(@Nullable List<GivenAnswer> answers) {}

    @GET
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(operationId = "listImports", summary = "Imports, the newest first")
    public Slice<ImportJson> list(
            @QueryParam("newsletter") @Nullable UUID newsletter,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer asked) {
        int limit = Math.min(Slice.limit(asked), 99);
        ImportId before =
                Slice.after(cursor).map(NewslettersApi::uuid).map(ImportId::new).orElse(null);
        List<ImportView> found =
                imports.newest(newsletter == null ? null : new NewsletterId(newsletter), before, limit + 1);
        return Slice.of(
                found.stream().map(ImportJson::of).toList(),
                limit,
                one -> one.id().toString());
    }

    @GET
    @Path(ID)
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(operationId = "getImport", summary = "How far an import is, and what came of it")
    public ImportJson get(@PathParam("id") UUID id) {
        return ImportJson.of(find(id));
    }

    @POST
    @Path(ID + "/answers")
    @ApiScope(Scope.SUBSCRIBERS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "answerImport", summary = "Says what values mean that are not understood; it goes on then")
    public ImportJson answer(@PathParam("id") UUID id, GivenAnswers sent) {
        Map<String, ImportAnswer> answers = new HashMap<>();
        List<GivenAnswer> given = Objects.requireNonNullElse(sent.answers(), List.of());
        for (int i = 0; i < given.size(); i++) {
            GivenAnswer one = given.get(i);
            answers.put(
                    Objects.requireNonNullElse(one.column(), "") + ":"
                            + Objects.requireNonNullElse(one.value(), "").replace(':', ' '),
                    read(Objects.requireNonNullElse(one.answer(), ""), "/answers/" + i + "/answer"));
        }
        return decide(id, one -> imports.answer(one, answers, visitor.account()));
    }

    static ImportAnswer read(String word, String where) {
        return Arrays.stream(ImportAnswer.values())
                .filter(one -> ApiViews.word(one).equals(word))
                .findFirst()
                .orElseThrow(() -> new Problem(ProblemType.INVALID, List.of(new Violation(where, "unknown"))));
    }

    @POST
    @Path(ID + "/give-up")
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(operationId = "giveUpImport", summary = "Deletes the file of an import that has not begun to run")
    public ImportJson giveUp(@PathParam("id") UUID id) {
        return decide(id, one -> imports.giveUp(one, visitor.account()));
    }

    @POST
    @Path(ID + "/undo")
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(
            operationId = "undoImport",
            summary = "Takes back what an import brought, while nothing was sent to these people",
            description = "It is undoing then, and undone a moment later. Sent again it answers 409.")
    public ImportJson undo(@PathParam("id") UUID id) {
        return decide(id, one -> imports.undo(one, visitor.account()));
    }

    @GET
    @Path(ID + "/wrong-rows")
    @Produces("text/csv")
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(operationId = "getWrongRows", summary = "The rows that were left out because they are wrong, for a week")
    @APIResponse(
            responseCode = "200",
            description = "File, line and problem before what stood in the row",
            content = @Content(mediaType = "text/csv", schema = @Schema(implementation = String.class)))
    public Response wrongRows(@PathParam("id") UUID id) {
        ImportView view = find(id);
        looks.wrongRowsTaken(view);
        StreamingOutput stream = out -> imports.wrongRows(view.id(), out);
        return Response.ok(stream)
                .header("Content-Type", "text/csv; charset=utf-8")
                .build();
    }

    /** A decision about an import. */
    private interface Decision {
        void take(ImportId id);
    }

    private ImportJson decide(UUID id, Decision decision) {
        try {
            decision.take(find(id).id());
        } catch (ImportNotInState e) {
            throw new Problem(ProblemType.CONFLICT);
        } catch (ImportUnknown e) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        return get(id);
    }

    private ImportView find(UUID id) {
        return imports.find(new ImportId(id)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }
}
