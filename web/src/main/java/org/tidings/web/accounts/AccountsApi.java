package org.tidings.web.accounts;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountNotFound;
import org.tidings.accounts.AccountRecords;
import org.tidings.accounts.AccountState;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.ApiTokens.Scope;
import org.tidings.accounts.ErasureRequests;
import org.tidings.accounts.ErasureRequests.ErasureRequest;
import org.tidings.accounts.ErasureRequests.State;
import org.tidings.accounts.Exports;
import org.tidings.accounts.ReasonMissing;
import org.tidings.accounts.StaffMustLeaveFirst;
import org.tidings.web.access.ApiScope;
import org.tidings.web.access.Visitor;
import org.tidings.web.api.Idempotent;
import org.tidings.web.api.Slice;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.Problem.Violation;
import org.tidings.web.problems.ProblemType;

/**
 * Accounts for a privacy officer's programs. What is searched for is personal and stays out of addresses; reading leaves a trace that the
 * person can see. A program only asks for erasures: a person confirms, on a page, where one has to.
 */
@Path("/api/v1/accounts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AccountsApi {

    private static final int SHORTEST = 3;
    private static final int LONGEST = 254;

    private final Visitor visitor;
    private final AccountRecords records;
    private final Exports exports;
    private final ErasureRequests erasures;

    @Inject
    public AccountsApi(Visitor visitor, AccountRecords records, Exports exports, ErasureRequests erasures) {
        this.visitor = visitor;
        this.records = records;
        this.exports = exports;
        this.erasures = erasures;
    }

    /** @param text part of an address or a name, 3 to 254 characters */
    public record AccountSearch(
            @Nullable String text,
            @Nullable String cursor,
            @Nullable Integer limit) {}

    /** @param reason shown to the person, 3 to 200 characters */
    public record WithReason(@Nullable String reason) {}

    /** An account as a search finds it. */
    public record AccountJson(
            UUID id,
            AccountState state,
            String address,
            String name,
            String language,
            OffsetDateTime openedAt,
            @Nullable OffsetDateTime erasedOn) {
        static AccountJson of(AccountView account) {
            return new AccountJson(
                    account.id().value(),
                    account.state(),
                    account.address().original(),
                    account.name(),
                    account.language().toLanguageTag(),
                    account.openedAt(),
                    account.erasedOn().orElse(null));
        }
    }

    @POST
    @Path("search")
    @ApiScope(Scope.ACCOUNTS)
    @Operation(operationId = "searchAccounts", summary = "Accounts whose address or name contains a text")
    public Slice<AccountJson> search(AccountSearch sent) {
        String text = Objects.requireNonNullElse(sent.text(), "").strip();
        if (text.length() < SHORTEST || text.length() > LONGEST) {
            throw invalid("/text", text.length() < SHORTEST ? "too-short" : "too-long");
        }
        int limit = Slice.limit(sent.limit());
        Optional<AccountId> after = Slice.after(sent.cursor()).map(AccountsApi::id);
        List<AccountJson> found = records.search(visitor.account(), text, after, limit + 1).stream()
                .map(AccountJson::of)
                .toList();
        return Slice.of(found, limit, account -> account.id().toString());
    }

    @POST
    @Path("{id: [0-9a-f-]{36}}/export")
    @ApiScope(Scope.ACCOUNTS)
    @Operation(
            operationId = "exportAccount",
            summary = "Everything that is stored about a person; recorded with the reason")
    public Map<String, Object> export(@PathParam("id") UUID id, WithReason sent) {
        try {
            return exports.onRequest(
                    visitor.account(), new AccountId(id), Objects.requireNonNullElse(sent.reason(), ""));
        } catch (ReasonMissing e) {
            throw invalid("/reason", "missing");
        } catch (AccountNotFound e) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
    }

    /**
     * An erasure that was asked for.
     *
     * @param takesEffectAt not before then; until then it can be stopped
     * @param endedAt when it was stopped or done
     */
    public record ErasureJson(
            UUID id,
            UUID account,
            State state,
            OffsetDateTime askedAt,
            OffsetDateTime takesEffectAt,
            @Nullable OffsetDateTime endedAt) {
        static ErasureJson of(ErasureRequest asked) {
            return new ErasureJson(
                    asked.id(),
                    asked.account().value(),
                    asked.state(),
                    asked.askedAt(),
                    asked.takesEffectAt(),
                    asked.endedAt().orElse(null));
        }
    }

    @POST
    @Path("{id: [0-9a-f-]{36}}/erasure")
    @ApiScope(Scope.ACCOUNTS)
    @Idempotent
    @Operation(
            operationId = "eraseAccount",
            summary =
                    "Asks for an erasure: the person is told at once, it takes effect after hours, and can be stopped until then")
    @APIResponseSchema(value = ErasureJson.class, responseCode = "202")
    public Response erase(@PathParam("id") UUID id, WithReason sent) {
        try {
            ErasureRequest asked =
                    erasures.ask(visitor.account(), new AccountId(id), Objects.requireNonNullElse(sent.reason(), ""));
            return Response.accepted(ErasureJson.of(asked))
                    .location(URI.create("/api/v1/accounts/" + id + "/erasure"))
                    .build();
        } catch (ReasonMissing e) {
            throw invalid("/reason", "missing");
        } catch (StaffMustLeaveFirst e) {
            throw new Problem(ProblemType.CONFLICT, List.of(new Violation("", "works-here")));
        } catch (AccountNotFound e) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
    }

    @GET
    @Path("{id: [0-9a-f-]{36}}/erasure")
    @ApiScope(Scope.ACCOUNTS)
    @Operation(operationId = "getErasure", summary = "How far the newest erasure is that was asked for this account")
    public ErasureJson erasure(@PathParam("id") UUID id) {
        return ErasureJson.of(existing(id));
    }

    @DELETE
    @Path("{id: [0-9a-f-]{36}}/erasure")
    @ApiScope(Scope.ACCOUNTS)
    @Operation(operationId = "stopErasure", summary = "Stops the erasure that was asked for; the person is told")
    public ErasureJson stop(@PathParam("id") UUID id) {
        ErasureRequest asked = existing(id);
        if (!asked.open()) {
            throw new Problem(ProblemType.CONFLICT, List.of(new Violation("", "ended")));
        }
        erasures.stop(visitor.account(), asked.id());
        return ErasureJson.of(existing(id));
    }

    private ErasureRequest existing(UUID account) {
        return erasures.newestOf(new AccountId(account)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    private static AccountId id(String key) {
        try {
            return new AccountId(UUID.fromString(key));
        } catch (IllegalArgumentException e) {
            throw new Problem(ProblemType.BAD_REQUEST, List.of(new Violation("/cursor", "invalid")));
        }
    }

    private static Problem invalid(String pointer, String code) {
        return new Problem(ProblemType.INVALID, List.of(new Violation(pointer, code)));
    }
}
