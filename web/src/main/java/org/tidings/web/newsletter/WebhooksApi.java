package org.tidings.web.newsletter;

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
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.ApiTokens.Scope;
import org.tidings.newsletter.WebhookEvent;
import org.tidings.newsletter.WebhookRejected;
import org.tidings.newsletter.Webhooks;
import org.tidings.web.access.ApiScope;
import org.tidings.web.access.Visitor;
import org.tidings.web.api.Idempotent;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.Problem.Violation;
import org.tidings.web.problems.ProblemType;

/** Webhooks out, for programs that want to hear. */
@Path("/api/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
public class WebhooksApi {

    private static final String ID = "{id: [0-9a-f-]{36}}";
    private static final int EVENTS = 100;

    private final Visitor visitor;
    private final Webhooks webhooks;

    @Inject
    public WebhooksApi(Visitor visitor, Webhooks webhooks) {
        this.visitor = visitor;
        this.webhooks = webhooks;
    }

    /** @param events types, such as subscription.confirmed */
    public record NewWebhook(
            @Nullable String url,
            @Nullable List<String> events,
            @Nullable Boolean withAddress) {}

    /** @param secret whsec_…, of a new one only */
    public record WebhookJson(
            UUID id,
            String url,
            List<String> events,
            boolean withAddress,
            String state,
            OffsetDateTime createdAt,
            @Nullable OffsetDateTime failingSince,
            long waiting,
            @Nullable String secret) {

        static WebhookJson of(Webhooks.Webhook webhook, @Nullable String secret) {
            return new WebhookJson(
                    webhook.id(),
                    webhook.url(),
                    webhook.events().stream().map(WebhookEvent::type).toList(),
                    webhook.withAddress(),
                    ApiViews.word(webhook.state()),
                    webhook.createdAt(),
                    webhook.failingSince().orElse(null),
                    webhook.waiting(),
                    secret);
        }
    }

    /** All webhooks. */
    public record WebhookList(List<WebhookJson> items) {}

    /** @param outcome waiting, taken or given-up */
    public record WebhookEventJson(
            UUID id,
            String type,
            OffsetDateTime happenedAt,
            String outcome,
            int attempts,
            @Nullable OffsetDateTime triedAt,
            int status,
            String answer) {}

    /** The newest first. */
    public record WebhookEventList(List<WebhookEventJson> items) {}

    @GET
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(operationId = "listWebhooks", summary = "All webhooks")
    public WebhookList list() {
        return new WebhookList(webhooks.all().stream()
                .map(webhook -> WebhookJson.of(webhook, null))
                .toList());
    }

    @POST
    @ApiScope(Scope.SUBSCRIBERS)
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    @APIResponseSchema(value = WebhookJson.class, responseCode = "201")
    @Operation(
            operationId = "createWebhook",
            summary =
                    "Tells an https address what happens, signed as Standard Webhooks has it; answers with its secret",
            description = "The secret is in the first answer only: the same request sent again is answered without it.")
    public Response create(NewWebhook sent) {
        Set<WebhookEvent> events = EnumSet.noneOf(WebhookEvent.class);
        List<String> types = Objects.requireNonNullElse(sent.events(), List.of());
        for (int i = 0; i < types.size(); i++) {
            String type = types.get(i);
            String pointer = "/events/" + i;
            events.add(ProgramsResource.choices().stream()
                    .filter(event -> event.type().equals(type))
                    .findFirst()
                    .orElseThrow(() -> wrong(pointer, "unknown")));
        }
        try {
            UUID made = webhooks.add(
                    Objects.requireNonNullElse(sent.url(), ""),
                    events,
                    Boolean.TRUE.equals(sent.withAddress()),
                    visitor.account());
            return Response.created(URI.create("/api/v1/webhooks/" + made))
                    .entity(WebhookJson.of(find(made), webhooks.secret(made)))
                    .build();
        } catch (WebhookRejected e) {
            throw wrong(e.reason() == WebhookRejected.Reason.NO_EVENT ? "/events" : "/url", ApiViews.word(e.reason()));
        }
    }

    @GET
    @Path(ID)
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(operationId = "getWebhook", summary = "One webhook")
    public WebhookJson get(@PathParam("id") UUID id) {
        return WebhookJson.of(find(id), null);
    }

    @DELETE
    @Path(ID)
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(operationId = "deleteWebhook", summary = "Tells it nothing any more")
    public void delete(@PathParam("id") UUID id) {
        find(id);
        webhooks.remove(id, visitor.account());
    }

    @GET
    @Path(ID + "/events")
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(operationId = "listWebhookEvents", summary = "The newest hundred, with their answers")
    public WebhookEventList events(@PathParam("id") UUID id) {
        find(id);
        return new WebhookEventList(webhooks.events(id, EVENTS).stream()
                .map(event -> new WebhookEventJson(
                        event.id(),
                        event.event().type(),
                        event.happenedAt(),
                        ApiViews.word(event.outcome()),
                        event.attempts(),
                        event.triedAt().orElse(null),
                        event.status(),
                        event.answer()))
                .toList());
    }

    @POST
    @Path(ID + "/events/{event: [0-9a-f-]{36}}/resend")
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(operationId = "resendWebhookEvent", summary = "Sends one again that was taken or given up")
    public Response resend(@PathParam("id") UUID id, @PathParam("event") UUID event) {
        find(id);
        if (!webhooks.resend(id, event, visitor.account())) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        return Response.accepted().build();
    }

    @POST
    @Path(ID + "/test")
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(operationId = "testWebhook", summary = "Sends an event that says nothing")
    public Response test(@PathParam("id") UUID id) {
        find(id);
        webhooks.test(id, visitor.account());
        return Response.accepted().build();
    }

    private Webhooks.Webhook find(UUID id) {
        return webhooks.find(id).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    private static Problem wrong(String pointer, String code) {
        return new Problem(ProblemType.INVALID, List.of(new Violation(pointer, code)));
    }
}
