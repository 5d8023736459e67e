package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.ApiTokens.Scope;
import org.tidings.mail.EmailAddress;
import org.tidings.newsletter.AttributeParty;
import org.tidings.newsletter.ChangedMeanwhile;
import org.tidings.newsletter.Condition;
import org.tidings.newsletter.ImportAnswer;
import org.tidings.newsletter.ImportId;
import org.tidings.newsletter.ImportOrder;
import org.tidings.newsletter.ImportRejected;
import org.tidings.newsletter.ImportReport;
import org.tidings.newsletter.Imports;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.IssueText;
import org.tidings.newsletter.IssueTextRejected;
import org.tidings.newsletter.Issues;
import org.tidings.newsletter.NewsletterAccess;
import org.tidings.newsletter.NewsletterDetails;
import org.tidings.newsletter.NewsletterDetailsRejected;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.SubscriberView;
import org.tidings.newsletter.Subscribers;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.web.access.ApiScope;
import org.tidings.web.access.Visitor;
import org.tidings.web.api.Idempotent;
import org.tidings.web.api.Slice;
import org.tidings.web.newsletter.ApiViews.NewsletterJson;
import org.tidings.web.newsletter.ApiViews.SubscriberJson;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.Problem.Violation;
import org.tidings.web.problems.ProblemType;

/** Newsletters, their subscribers and new issues, for programs. */
@Path("/api/v1/newsletters")
@Produces(MediaType.APPLICATION_JSON)
public class NewslettersApi {

    private static final String ID = "{id: [0-9a-f-]{36}}";
    private static final int LONGEST_SEARCH_CHARS = 254;
    /** A list of that size is imported while its sender waits. */
    private static final long AT_ONCE_OCTETS = 1024 * 1024;

    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    /** Also as it is written in other scripts, and as somebody would encode it once more. */
    private static final Pattern AT = Pattern.compile("@|\uFE6B|\uFF20|%40", Pattern.CASE_INSENSITIVE);

    private final Visitor visitor;
    private final Newsletters newsletters;
    private final Issues issues;
    private final Subscribers subscribers;
    private final Imports imports;
    private final LooksOnRecord looks;

    @Inject
    public NewslettersApi(
            Visitor visitor,
            Newsletters newsletters,
            Issues issues,
            Subscribers subscribers,
            Imports imports,
            LooksOnRecord looks) {
        this.visitor = visitor;
        this.newsletters = newsletters;
        this.issues = issues;
        this.subscribers = subscribers;
        this.imports = imports;
        this.looks = looks;
    }

    /** All newsletters, closed ones too. */
    public record NewsletterList(List<NewsletterJson> items) {}

    /** A new newsletter. */
    public record NewNewsletter(
            @Nullable String slug,
            @Nullable String name,
            @Nullable String description,
            @Nullable String language,
            @Nullable String cadence,
            @Nullable String sample,
            @Nullable Boolean offered,
            @Nullable String access) {}

    /** A changed one: what is left out stays; {@code version} is that of what was read. */
    public record ChangedNewsletter(
            @Nullable String slug,
            @Nullable String name,
            @Nullable String description,
            @Nullable String language,
            @Nullable String cadence,
            @Nullable String sample,
            @Nullable Boolean offered,
            @Nullable String access,
            @Nullable Long version) {}

    /** A new draft. */
    public record NewIssue(
            @Nullable String subject,
            @Nullable String preheader,
            @Nullable String markdown) {}

    @GET
    @ApiScope(Scope.NEWSLETTERS_WRITE)
    @Operation(operationId = "listNewsletters", summary = "All newsletters, by name")
    public NewsletterList list() {
        return new NewsletterList(
                newsletters.all().stream().map(NewsletterJson::of).toList());
    }

    @GET
    @Path(ID)
    @ApiScope(Scope.NEWSLETTERS_WRITE)
    @Operation(operationId = "getNewsletter", summary = "One newsletter")
    public NewsletterJson get(@PathParam("id") UUID id) {
        return NewsletterJson.of(find(id));
    }

    @POST
    @ApiScope(Scope.NEWSLETTERS_WRITE)
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    @APIResponseSchema(value = NewsletterJson.class, responseCode = "201")
    @Operation(operationId = "createNewsletter", summary = "Creates a newsletter")
    public Response create(NewNewsletter sent) {
        NewsletterDetails details = new NewsletterDetails(
                Objects.requireNonNullElse(sent.slug(), ""),
                Objects.requireNonNullElse(sent.name(), ""),
                Objects.requireNonNullElse(sent.description(), ""),
                Locale.forLanguageTag(Objects.requireNonNullElse(sent.language(), "en")),
                Objects.requireNonNullElse(sent.cadence(), ""),
                Objects.requireNonNullElse(sent.sample(), ""),
                !Boolean.FALSE.equals(sent.offered()),
                access(sent.access(), NewsletterAccess.PUBLIC));
        try {
            NewsletterId id = newsletters.create(details, visitor.account());
            return Response.created(URI.create("/api/v1/newsletters/" + id.value()))
                    .entity(NewsletterJson.of(find(id.value())))
                    .build();
        } catch (NewsletterDetailsRejected e) {
            throw rejected(e);
        }
    }

    private static Problem rejected(NewsletterDetailsRejected e) {
        return new Problem(
                ProblemType.INVALID,
                e.fields().entrySet().stream()
                        .map(wrong -> new Violation("/" + wrong.getKey(), ApiViews.word(wrong.getValue())))
                        .toList());
    }

    private static NewsletterAccess access(@Nullable String name, NewsletterAccess otherwise) {
        if (name == null) {
            return otherwise;
        }
        return Arrays.stream(NewsletterAccess.values())
                .filter(access -> ApiViews.word(access).equals(name))
                .findFirst()
                .orElseThrow(() -> new Problem(ProblemType.INVALID, List.of(new Violation("/access", "unknown"))));
    }

    @PUT
    @Path(ID)
    @ApiScope(Scope.NEWSLETTERS_WRITE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "updateNewsletter", summary = "Changes a newsletter; what is left out stays as it is")
    public NewsletterJson update(@PathParam("id") UUID id, ChangedNewsletter sent) {
        NewsletterView present = find(id);
        Long version = sent.version();
        if (version == null) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation("/version", "missing")));
        }
        NewsletterDetails details = new NewsletterDetails(
                Objects.requireNonNullElse(sent.slug(), present.slug()),
                Objects.requireNonNullElse(sent.name(), present.name()),
                Objects.requireNonNullElse(sent.description(), present.description()),
                Locale.forLanguageTag(Objects.requireNonNullElse(
                        sent.language(), present.language().toLanguageTag())),
                Objects.requireNonNullElse(sent.cadence(), present.cadence()),
                Objects.requireNonNullElse(sent.sample(), present.sample()),
                Objects.requireNonNullElse(sent.offered(), present.offered()),
                access(sent.access(), present.access()));
        try {
            newsletters.change(present.id(), details, version, visitor.account());
        } catch (NewsletterDetailsRejected e) {
            throw rejected(e);
        } catch (ChangedMeanwhile e) {
            throw new Problem(ProblemType.CONFLICT);
        }
        return get(id);
    }

    @GET
    @Path(ID + "/subscribers/export")
    @ApiScope(Scope.SUBSCRIBERS)
    @Produces("text/csv")
    @APIResponseSchema(value = String.class, responseCode = "200")
    @Operation(
            operationId = "exportSubscribers",
            summary = "All subscribers as CSV, with state, consent and suppression; importSubscribers reads it")
    public Response exportSubscribers(@PathParam("id") UUID id, @QueryParam("state") @Nullable String state) {
        NewsletterView newsletter = find(id);
        SubscriptionState only = stateOf(state);
        AccountId by = visitor.account();
        StreamingOutput stream =
                out -> subscribers.export(newsletter.id(), only, Condition.EVERYBODY, AttributeParty.PROGRAM, out, by);
        return Response.ok(stream)
                .header("Content-Type", "text/csv; charset=utf-8")
                .build();
    }

    @POST
    @Path(ID + "/issues")
    @ApiScope(Scope.NEWSLETTERS_WRITE)
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    @APIResponseSchema(value = ApiViews.IssueJson.class, responseCode = "201")
    @Operation(operationId = "createIssue", summary = "Keeps a new draft; Markdown of at most 1 MB")
    public Response createIssue(@PathParam("id") UUID id, NewIssue sent) {
        NewsletterView newsletter = find(id);
        IssueText text = new IssueText(
                Objects.requireNonNullElse(sent.subject(), ""),
                Objects.requireNonNullElse(sent.preheader(), ""),
                Objects.requireNonNullElse(sent.markdown(), ""));
        try {
            IssueId issue = issues.write(newsletter.id(), text, visitor.account());
            return Response.created(URI.create("/api/v1/issues/" + issue.value()))
                    .entity(ApiViews.IssueJson.of(issues.find(issue).orElseThrow()))
                    .build();
        } catch (IssueTextRejected e) {
            throw refused(e);
        }
    }

    static Problem refused(IssueTextRejected e) {
        return new Problem(
                ProblemType.INVALID,
                e.problems().stream()
                        .map(problem -> new Violation("/" + problem.field(), ApiViews.word(problem.kind())))
                        .toList());
    }

    @GET
    @Path(ID + "/subscribers")
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(
            operationId = "listSubscribers",
            summary = "Subscribers in order of subscription; recorded",
            description =
                    "With q those whose address contains it. A whole address is refused here, because addresses of requests"
                            + " are kept by others on the way: searchSubscribers takes it in the body.")
    public Slice<SubscriberJson> listSubscribers(
            @PathParam("id") UUID id,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("state") @Nullable String state,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer asked) {
        if (AT.matcher(search).find()) {
            throw new Problem(ProblemType.BAD_REQUEST, List.of(new Violation("/q", "address-by-get")));
        }
        return found(id, search, state, cursor, asked);
    }

    /**
     * What is searched for, in the body.
     *
     * @param text part of an address, or a whole one as it was pasted; at most 254 characters
     * @param state as a subscriber's; all if left out
     */
    public record SubscriberSearch(
            @Nullable String text,
            @Nullable String state,
            @Nullable String cursor,
            @Nullable Integer limit) {}

    /** What is searched for is personal: it stands in no address, where proxies and logs would keep it (REV-L7). */
    @POST
    @Path(ID + "/subscribers/search")
    @ApiScope(Scope.SUBSCRIBERS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "searchSubscribers", summary = "Subscribers whose address contains a text; recorded")
    public Slice<SubscriberJson> searchSubscribers(@PathParam("id") UUID id, SubscriberSearch sent) {
        String text = EmailAddress.cleaned(Objects.requireNonNullElse(sent.text(), ""));
        if (text.length() > LONGEST_SEARCH_CHARS) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation("/text", "too-long")));
        }
        return found(id, text, sent.state(), sent.cursor(), sent.limit());
    }

    private Slice<SubscriberJson> found(
            UUID id, String search, @Nullable String state, @Nullable String cursor, @Nullable Integer asked) {
        int limit = Slice.limit(asked);
        UUID after = Slice.after(cursor).map(NewslettersApi::uuid).orElse(null);
        NewsletterId newsletter = find(id).id();
        List<SubscriberView> found = subscribers.find(newsletter, search, stateOf(state), after, limit + 1);
        looks.subscribers(newsletter, Math.min(found.size(), limit));
        return Slice.of(
                found.stream().map(SubscriberJson::of).toList(),
                limit,
                one -> one.subscription().toString());
    }

    private static @Nullable SubscriptionState stateOf(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        for (SubscriptionState state : SubscriptionState.values()) {
            if (ApiViews.word(state).equals(name)) {
                return state;
            }
        }
        throw new Problem(ProblemType.BAD_REQUEST, List.of(new Violation("/state", "unknown")));
    }

    static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new Problem(ProblemType.BAD_REQUEST, List.of(new Violation("/cursor", "invalid")));
        }
    }

    @POST
    @Path(ID + "/subscribers")
    @ApiScope(Scope.SUBSCRIBERS)
    @Idempotent
    @Consumes({"text/csv", "text/plain", "application/zip", XLSX, MediaType.APPLICATION_OCTET_STREAM})
    @APIResponseSchema(value = ImportReport.class, responseCode = "200")
    @Operation(
            operationId = "importSubscribers",
            summary = "Imports subscribers; wrong rows are left out, who left or was blocked is kept out",
            description =
                    "The file of another system (CSV, XLSX, or a ZIP archive of such), or CSV with a header row: email, and if known"
                            + " name, language, zone (Europe/Berlin) and status. basis says how these people agreed, in 20 to 1,000"
                            + " characters, and is kept with each consent record. Of up to a megabyte it is done when it is answered:"
                            + " 200 with the report, or 422 with questions while a value is not understood that says who may be"
                            + " written to: nothing is imported then. Each is answered by a parameter answer=left:status:paused, with"
                            + " subscribed, left, blocked or leave-out, the column and the value; * for all other values of a column."
                            + " Of more, or with Prefer: respond-async (RFC 7240), it runs in the background: 202, and Location says"
                            + " where to look how far it is.")
    @APIResponse(
            responseCode = "200",
            description = "Imported",
            content = @Content(schema = @Schema(implementation = ImportReport.class)))
    @APIResponse(
            responseCode = "202",
            description = "Runs in the background",
            content = @Content(schema = @Schema(implementation = ImportsApi.ImportJson.class)))
    @APIResponse(
            responseCode = "422",
            description = "Nothing was imported: there are questions",
            content = @Content(schema = @Schema(implementation = ImportReport.class)))
    public Response importSubscribers(
            @PathParam("id") UUID id,
            @QueryParam("basis") @DefaultValue("") String basis,
            @QueryParam("answer") List<String> answers,
            @HeaderParam("Prefer") @DefaultValue("") String preferred,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable Long length,
            InputStream csv)
            throws IOException {
        boolean later = length == null || length > AT_ONCE_OCTETS || preferred.contains("respond-async");
        if (later) {
            return begin(id, basis, answers, csv);
        }
        ImportReport report = run(id, basis, answers, csv, false);
        return Response.status(report.imported() ? 200 : 422).entity(report).build();
    }

    private Response begin(UUID id, String basis, List<String> answers, InputStream csv) throws IOException {
        try {
            ImportId begun = imports.begin(
                    find(id).id(), new Imports.Upload(csv, ""), basis, read(answers), true, visitor.account());
            return Response.accepted(
                            imports.find(begun).map(ImportsApi.ImportJson::of).orElseThrow())
                    .location(URI.create("/api/v1/imports/" + begun.value()))
                    .build();
        } catch (ImportRejected e) {
            throw rejected(e);
        }
    }

    @POST
    @Path(ID + "/subscribers/check")
    @ApiScope(Scope.SUBSCRIBERS)
    @Consumes("text/csv")
    @Operation(operationId = "checkSubscribers", summary = "Says what an import would do, and changes nothing")
    public ImportReport checkSubscribers(
            @PathParam("id") UUID id,
            @QueryParam("basis") @DefaultValue("") String basis,
            @QueryParam("answer") List<String> answers,
            InputStream csv)
            throws IOException {
        return run(id, basis, answers, csv, true);
    }

    private ImportReport run(UUID id, String basis, List<String> answers, InputStream csv, boolean dryRun)
            throws IOException {
        try {
            ImportOrder order = new ImportOrder(csv, basis, read(answers), dryRun, ImportOrder.WrongRows.IGNORED);
            return subscribers.importFrom(find(id).id(), order, visitor.account());
        } catch (ImportRejected e) {
            throw rejected(e);
        }
    }

    private static Problem rejected(ImportRejected e) {
        if (e.reason() == ImportRejected.Reason.TOO_LARGE) {
            return new Problem(ProblemType.TOO_LARGE);
        }
        String where = e.reason() == ImportRejected.Reason.BASIS_MISSING ? "/basis" : "";
        return new Problem(ProblemType.INVALID, List.of(new Violation(where, ApiViews.word(e.reason()))));
    }

    private static Map<String, ImportAnswer> read(List<String> answers) {
        Map<String, ImportAnswer> read = new HashMap<>();
        for (String answer : answers) {
            int colon = answer.indexOf(':');
            String word = answer.substring(0, Math.max(colon, 0));
            read.put(answer.substring(colon + 1), ImportsApi.read(word, "/answer"));
        }
        return read;
    }

    private NewsletterView find(UUID id) {
        return newsletters.find(new NewsletterId(id)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }
}
