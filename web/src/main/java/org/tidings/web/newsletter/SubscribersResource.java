package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.Role;
import org.tidings.mail.Delivery;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.Mailings;
import org.tidings.newsletter.AttributeParty;
import org.tidings.newsletter.Attributes;
import org.tidings.newsletter.Condition;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.SegmentId;
import org.tidings.newsletter.SegmentView;
import org.tidings.newsletter.Segments;
import org.tidings.newsletter.SubscriberView;
import org.tidings.newsletter.Subscribers;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.newsletter.SubscriptionView;
import org.tidings.newsletter.Tags;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** Who gets a newsletter: looking, exporting; {@link ImportingResource} imports. For publishers. */
@Path("/staff/subscribers")
public class SubscribersResource {

    private static final int SHOWN = 50;
    private static final int DELIVERIES_SHOWN = 50;
    private static final int LONGEST_SEARCH_CHARS = 254;

    private final Pages pages;
    private final Visitor visitor;
    private final Newsletters newsletters;
    private final Subscribers subscribers;
    private final Attributes attributes;
    private final Tags tags;
    private final Segments segments;
    private final Mailings mailings;
    private final LooksOnRecord looks;

    @Inject
    public SubscribersResource(
            Pages pages,
            Visitor visitor,
            Newsletters newsletters,
            Subscribers subscribers,
            Attributes attributes,
            Tags tags,
            Segments segments,
            Mailings mailings,
            LooksOnRecord looks) {
        this.pages = pages;
        this.visitor = visitor;
        this.newsletters = newsletters;
        this.subscribers = subscribers;
        this.attributes = attributes;
        this.tags = tags;
        this.segments = segments;
        this.mailings = mailings;
        this.looks = looks;
    }

    @GET
    @StaffRole(Role.PUBLISHER)
    public Response list(
            @QueryParam("newsletter") @DefaultValue("") String slug,
            @QueryParam("state") @Nullable SubscriptionState state,
            @QueryParam("segment") @DefaultValue("") String segment,
            @QueryParam("tag") @DefaultValue("") String tag,
            @QueryParam("after") @Nullable UUID after) {
        return list(slug, "", state, segment, tag, after);
    }

    /** What is searched for is personal: it stands in no address, where proxies and browsers would keep it (REV-L7). */
    @POST
    @StaffRole(Role.PUBLISHER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response search(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return list(
                form.value("newsletter"),
                form.trimmed("q"),
                state(form.value("state")),
                form.value("segment"),
                form.trimmed("tag"),
                after(form.value("after")));
    }

    private static @Nullable SubscriptionState state(String name) {
        return Arrays.stream(SubscriptionState.values())
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable UUID after(String id) {
        try {
            return id.isEmpty() ? null : UUID.fromString(id);
        } catch (IllegalArgumentException forged) {
            throw new Problem(ProblemType.BAD_REQUEST);
        }
    }

    /** What is looked for besides; what is unknown finds nobody. */
    private Condition also(String segment, String tag) {
        List<Condition> all = new ArrayList<>();
        UUID id = after(segment);
        if (id != null) {
            all.add(segments.find(new SegmentId(id))
                    .map(SegmentView::condition)
                    .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND)));
        }
        if (!tag.isEmpty()) {
            all.add(new Condition.Tagged(tag));
        }
        return new Condition.All(all);
    }

    private Response list(
            String slug,
            String search,
            @Nullable SubscriptionState state,
            String segment,
            String tag,
            @Nullable UUID after) {
        List<NewsletterView> all = newsletters.all();
        Optional<NewsletterView> chosen = slug.isEmpty() ? all.stream().findFirst() : newsletters.findBySlug(slug);
        if (chosen.isEmpty()) {
            if (!slug.isEmpty()) {
                throw new Problem(ProblemType.NOT_FOUND);
            }
            return pages.ok("subscribers/none", Map.of());
        }
        String pasted = EmailAddress.cleaned(search);
        String words = pasted.substring(0, Math.min(pasted.length(), LONGEST_SEARCH_CHARS));
        List<SubscriberView> found =
                subscribers.find(chosen.get().id(), words, state, also(segment, tag), after, SHOWN);
        looks.subscribers(chosen.get().id(), found.size());
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("newsletters", all);
        parameters.put("chosen", chosen.get());
        parameters.put("counts", subscribers.count(chosen.get().id()));
        parameters.put("search", words);
        parameters.put("segments", segments.all());
        parameters.put("segment", segment);
        parameters.put("tags", tags.all());
        parameters.put("tag", tag);
        parameters.put("state", Optional.ofNullable(state));
        parameters.put("found", found);
        parameters.put("more", found.size() == SHOWN);
        return pages.ok("subscribers/list", parameters);
    }

    @GET
    @Path("{subscription: [0-9a-f-]{36}}")
    @StaffRole(Role.PUBLISHER)
    public Response look(@PathParam("subscription") UUID id) {
        SubscriberView subscriber = find(id);
        looks.subscriber(subscriber);
        List<SubscriptionView> standings = subscribers.of(subscriber.id());
        List<Delivery> deliveries = mailings.deliveriesTo(
                standings.stream().map(SubscriptionView::id).toList(), DELIVERIES_SHOWN);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("subscriber", subscriber);
        parameters.put("standings", standings);
        parameters.put("consents", subscribers.consents(subscriber.id()));
        parameters.put("deliveries", deliveries);
        parameters.put(
                "known",
                attributes.of(subscriber.id()).stream()
                        .filter(value -> value.attribute().seenBy(AttributeParty.STAFF))
                        .toList());
        parameters.put("tags", tags.of(subscriber.id()));
        parameters.put(
                "titles",
                mailings.titles(deliveries.stream().map(Delivery::mailing).toList()));
        Map<Object, String> names = new HashMap<>();
        newsletters.all().forEach(n -> names.put(n.id(), n.name()));
        parameters.put("names", names);
        return pages.ok("subscribers/subscriber", parameters);
    }

    /** At the person's wish, said on the telephone or in a letter. */
    @POST
    @Path("{subscription: [0-9a-f-]{36}}/unsubscribe")
    @StaffRole(Role.PUBLISHER)
    public Response unsubscribe(@PathParam("subscription") UUID id) {
        find(id);
        subscribers.unsubscribe(id, visitor.account());
        return pages.done("/staff/subscribers/" + id, "subscribers.one.unsubscribed");
    }

    private SubscriberView find(UUID id) {
        return subscribers.find(id).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    @GET
    @Path("export.csv")
    @StaffRole(Role.PUBLISHER)
    @FreshSignIn
    public Response export(
            @QueryParam("newsletter") @DefaultValue("") String slug,
            @QueryParam("state") @Nullable SubscriptionState state,
            @QueryParam("segment") @DefaultValue("") String segment,
            @QueryParam("tag") @DefaultValue("") String tag) {
        NewsletterView newsletter = bySlug(slug);
        AccountId by = visitor.account();
        Condition also = also(segment, tag);
        StreamingOutput stream = out -> subscribers.export(newsletter.id(), state, also, out, by);
        return Response.ok(stream)
                .header("Content-Type", "text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"subscribers-" + newsletter.slug() + ".csv\"")
                .build();
    }

    private NewsletterView bySlug(String slug) {
        return newsletters.findBySlug(slug).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }
}
