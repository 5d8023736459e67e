package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.Role;
import org.tidings.mail.Delivery;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailingId;
import org.tidings.mail.Mailings;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.IssueView;
import org.tidings.newsletter.Issues;
import org.tidings.newsletter.SubscriberView;
import org.tidings.newsletter.Subscribers;
import org.tidings.site.Now;
import org.tidings.web.SiteSettings;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.mail.DeliveryLine;
import org.tidings.web.mail.WrittenTo;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/**
 * Who got an issue, and what happened to everybody else; each look is on record. Searching is a POST: what is searched for is personal and stays out of
 * addresses.
 */
@Path("/staff/issues")
public class DeliveriesResource {
    /** As in {@link SendingResource}. */
    private static final String ONE = "{id: [0-9a-f-]{36}}";

    private static final int A_PAGE = 100;
    private static final int A_READ = 1_000;
    private static final int LONGEST_SEARCH_CHARS = 254;
    private static final int SHORTEST_SEARCH_CHARS = 3;

    private final Pages pages;
    private final Issues issues;
    private final Mailings mailings;
    private final Subscribers subscribers;
    private final WrittenTo writtenTo;
    private final LooksOnRecord looks;
    private final SiteSettings settings;
    private final Clock clock;

    @Inject
    public DeliveriesResource(
            Pages pages,
            Issues issues,
            Mailings mailings,
            Subscribers subscribers,
            WrittenTo writtenTo,
            LooksOnRecord looks,
            SiteSettings settings,
            Clock clock) {
        this.pages = pages;
        this.issues = issues;
        this.mailings = mailings;
        this.subscribers = subscribers;
        this.writtenTo = writtenTo;
        this.looks = looks;
        this.settings = settings;
        this.clock = clock;
    }

    @GET
    @Path(ONE + "/deliveries")
    @StaffRole(Role.PUBLISHER)
    public Response all(
            @PathParam("id") UUID id,
            @QueryParam("state") @Nullable DeliveryState state,
            @QueryParam("after") @Nullable UUID after) {
        IssueView issue = find(id);
        return page(200, issue, lines(issue, state, after, A_PAGE, moved()), Optional.ofNullable(state), Form.empty());
    }

    /** Asks about one person, also while she still waits for her turn. */
    @POST
    @Path(ONE + "/deliveries")
    @StaffRole(Role.PUBLISHER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response search(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        IssueView issue = find(id);
        Form form = Form.of(sent).atMost("q", LONGEST_SEARCH_CHARS).oneLine("q");
        form.fill("q", EmailAddress.cleaned(form.value("q")));
        if (form.trimmed("q").length() < SHORTEST_SEARCH_CHARS) {
            form.reject("q", "issues.deliveries.short");
        }
        if (!form.valid()) {
            return page(422, issue, lines(issue, null, null, A_PAGE, moved()), Optional.empty(), form);
        }
        List<UUID> found = subscribers.find(issue.newsletter().id(), form.trimmed("q"), null, null, A_PAGE).stream()
                .map(SubscriberView::subscription)
                .toList();
        List<Delivery> deliveries = issue.mailing()
                .map(mailing -> mailings.deliveries(mailing, found))
                .orElse(List.of());
        return page(200, issue, withNames(issue, deliveries, moved()), Optional.empty(), form);
    }

    private Response page(
            int status, IssueView issue, List<DeliveryLine> lines, Optional<DeliveryState> state, Form form) {
        looks.deliveries(issue, lines.size());
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("issue", issue);
        parameters.put("lines", lines);
        parameters.put("state", state);
        parameters.put("form", form);
        parameters.put("searched", status == 200 ? form.trimmed("q") : "");
        parameters.put("more", lines.size() == A_PAGE);
        return pages.respond(status, "issues/deliveries", parameters);
    }

    @GET
    @Path(ONE + "/deliveries.csv")
    @StaffRole(Role.PUBLISHER)
    @FreshSignIn
    public Response asCsv(@PathParam("id") UUID id) {
        IssueView issue = find(id);
        looks.deliveriesTaken(issue);
        return DeliveryLine.csv(after -> lines(issue, null, after, A_READ, ""));
    }

    private String moved() {
        return pages.t("issues.deliveries.moved");
    }

    /** @param moved what stands in the place of an address that is not the one written to */
    private List<DeliveryLine> lines(
            IssueView issue, @Nullable DeliveryState state, @Nullable UUID after, int limit, String moved) {
        Optional<MailingId> mailing = issue.mailing();
        return mailing.isEmpty()
                ? List.of()
                : withNames(issue, mailings.deliveries(mailing.get(), state, after, limit), moved);
    }

    private List<DeliveryLine> withNames(IssueView issue, List<Delivery> deliveries, String moved) {
        Map<UUID, SubscriberView> who = subscribers.bySubscription(
                deliveries.stream().map(Delivery::recipient).toList());
        return deliveries.stream()
                .map(delivery -> line(issue, delivery, Optional.ofNullable(who.get(delivery.recipient())), moved))
                .toList();
    }

    private DeliveryLine line(IssueView issue, Delivery delivery, Optional<SubscriberView> subscriber, String moved) {
        Optional<ZoneId> zone = subscriber.flatMap(SubscriberView::zone);
        return new DeliveryLine(
                delivery,
                subscriber
                        .map(SubscriberView::address)
                        .map(now -> writtenTo.still(delivery, now) ? now : moved)
                        .orElse(""),
                subscriber.map(SubscriberView::name).orElse(""),
                "/staff/subscribers/" + delivery.recipient(),
                zone,
                daytime(issue, delivery, zone.orElse(settings.zone())));
    }

    private Optional<OffsetDateTime> daytime(IssueView issue, Delivery delivery, ZoneId zone) {
        OffsetDateTime now = Now.by(clock);
        return delivery.state() == DeliveryState.WAITING
                ? Limits.opens(issue.limits(), now, zone)
                        .flatMap(opens -> delivery.nextTry().filter(next -> !next.isBefore(opens)))
                : Optional.empty();
    }

    private IssueView find(UUID id) {
        return issues.find(new IssueId(id)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }
}
