package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.ApiTokens.Scope;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.EmailAddressRejected;
import org.tidings.newsletter.AttributeValuesRejected;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.SubscriberView;
import org.tidings.newsletter.Subscribers;
import org.tidings.newsletter.Subscriptions;
import org.tidings.site.Languages;
import org.tidings.web.access.ApiScope;
import org.tidings.web.access.Visitor;
import org.tidings.web.api.Idempotent;
import org.tidings.web.newsletter.ApiViews.SubscriberJson;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.Problem.Violation;
import org.tidings.web.problems.ProblemType;

/** Subscribing from programs: a site's own sign-up, a shop's checkout. Everybody confirms by mail. */
@Path("/api/v1/subscriptions")
@Produces(MediaType.APPLICATION_JSON)
public class SubscriptionsApi {

    private static final String ID = "{id: [0-9a-f-]{36}}";

    /** In a network of its own: only what goes to the address is counted. */
    private static final String NO_NETWORK = "";

    private final Visitor visitor;
    private final Newsletters newsletters;
    private final Subscriptions subscriptions;
    private final Subscribers subscribers;

    @Inject
    public SubscriptionsApi(
            Visitor visitor, Newsletters newsletters, Subscriptions subscriptions, Subscribers subscribers) {
        this.visitor = visitor;
        this.newsletters = newsletters;
        this.subscriptions = subscriptions;
        this.subscribers = subscribers;
    }

    /**
     * Who wants what.
     *
     * @param newsletters slugs of newsletters on offer
     * @param language of the mail with the link; the site's if it speaks another
     * @param attributes what the person said about herself, by key: text, number, true or false; kept when she confirms
     */
    public record NewSubscription(
            @Nullable String address,
            @Nullable List<String> newsletters,
            @Nullable String language,
            @Nullable Map<String, Object> attributes) {}

    /** @param status always {@code confirmation-asked} */
    public record Asked(String status) {}

    @POST
    @ApiScope(Scope.SUBSCRIBERS)
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    @APIResponseSchema(value = Asked.class, responseCode = "202")
    @Operation(
            operationId = "askToSubscribe",
            summary = "Mails a link by which the subscription is confirmed; the same answer for every address",
            description =
                    "At most three such mails go to one address in 24 hours. Nothing tells whether it is subscribed already.")
    public Response ask(NewSubscription sent) {
        EmailAddress address = address(sent);
        Set<NewsletterId> wanted = wanted(Objects.requireNonNullElse(sent.newsletters(), List.of()));
        Locale language = Languages.spokenTo(Locale.forLanguageTag(Objects.requireNonNullElse(sent.language(), "")));
        try {
            subscriptions.request(wanted, address, language, NO_NETWORK, AttributesApi.typed(sent.attributes()));
        } catch (AttributeValuesRejected e) {
            throw AttributesApi.refused(e);
        }
        return Response.accepted(new Asked("confirmation-asked")).build();
    }

    @GET
    @Path(ID)
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(operationId = "getSubscription", summary = "One subscription and its reader")
    public SubscriberJson get(@PathParam("id") UUID id) {
        return SubscriberJson.of(find(id));
    }

    /** She has left from this moment on, also the mailing that runs. */
    @POST
    @Path(ID + "/unsubscribe")
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(operationId = "unsubscribe", summary = "Ends it at the person's wish, on record; does nothing twice")
    public SubscriberJson unsubscribe(@PathParam("id") UUID id) {
        find(id);
        subscribers.unsubscribe(id, visitor.account());
        return get(id);
    }

    private SubscriberView find(UUID id) {
        return subscribers.find(id).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    private static EmailAddress address(NewSubscription sent) {
        try {
            return EmailAddress.pasted(Objects.requireNonNullElse(sent.address(), ""));
        } catch (EmailAddressRejected e) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation("/address", ApiViews.word(e.reason()))));
        }
    }

    private Set<NewsletterId> wanted(List<String> slugs) {
        if (slugs.isEmpty()) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation("/newsletters", "missing")));
        }
        List<NewsletterView> offered = newsletters.offered();
        Set<NewsletterId> wanted = new HashSet<>();
        for (int i = 0; i < slugs.size(); i++) {
            String slug = slugs.get(i);
            String pointer = "/newsletters/" + i;
            wanted.add(offered.stream()
                    .filter(newsletter -> newsletter.slug().equals(slug))
                    .map(NewsletterView::id)
                    .findFirst()
                    .orElseThrow(() -> new Problem(ProblemType.INVALID, List.of(new Violation(pointer, "unknown")))));
        }
        return wanted;
    }
}
