package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tidings.newsletter.ConsentView;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.newsletter.SubscriptionView;
import org.tidings.newsletter.Subscriptions;
import org.tidings.site.Now;
import org.tidings.web.SiteSettings;
import org.tidings.web.access.Member;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** A member's newsletters, each on or off at once, and what was agreed to. */
@Path("/me/subscriptions")
public class MySubscriptionsResource {

    private final Pages pages;
    private final Visitor visitor;
    private final Newsletters newsletters;
    private final ReadableNewsletters readable;
    private final Subscriptions subscriptions;
    private final SiteSettings settings;
    private final Clock clock;

    @Inject
    public MySubscriptionsResource(
            Pages pages,
            Visitor visitor,
            Newsletters newsletters,
            ReadableNewsletters readable,
            Subscriptions subscriptions,
            SiteSettings settings,
            Clock clock) {
        this.pages = pages;
        this.visitor = visitor;
        this.newsletters = newsletters;
        this.readable = readable;
        this.subscriptions = subscriptions;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A newsletter and the member's standing with it.
     *
     * @param wording what she agrees to by subscribing
     */
    public record Line(NewsletterView newsletter, Optional<SubscriptionView> subscription, String wording) {

        public boolean on() {
            return subscription
                    .filter(s -> s.state() == SubscriptionState.CONFIRMED)
                    .isPresent();
        }
    }

    @GET
    @Member
    public Response mine() {
        return page(200, Form.empty());
    }

    private Response page(int status, Form form) {
        List<SubscriptionView> mine = subscriptions.of(visitor.account());
        List<Line> lines =
                newsletters.all().stream().flatMap(n -> line(n, mine)).toList();
        Map<NewsletterId, String> names = new HashMap<>();
        newsletters.all().forEach(n -> names.put(n.id(), n.name()));
        List<ConsentView> consents = subscriptions.consents(visitor.account());
        return pages.respond(
                status, "newsletters/mine", Map.of("lines", lines, "consents", consents, "names", names, "form", form));
    }

    /** A closed newsletter, or one that is for others, is shown only to those who get it. */
    private Stream<Line> line(NewsletterView newsletter, List<SubscriptionView> mine) {
        Line line = new Line(
                newsletter,
                mine.stream()
                        .filter(s -> s.newsletter().id().equals(newsletter.id()))
                        .findFirst(),
                newsletters.wording(newsletter, visitor.language()).words());
        return line.on() || readable.mayJoin(newsletter) ? Stream.of(line) : Stream.empty();
    }

    @POST
    @Member
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        NewsletterView newsletter = shown(form.value("newsletter"));
        switch (form.value("do")) {
            case "subscribe" -> {
                if (!readable.mayJoin(newsletter)) {
                    throw new Problem(ProblemType.NOT_FOUND);
                }
                boolean holds = subscriptions.subscribe(visitor.account(), newsletter.id(), visitor.language());
                return pages.done(
                        "/me/subscriptions",
                        holds ? "newsletters.mine.subscribed" : "newsletters.mine.asked",
                        newsletter.name());
            }
            case "unsubscribe" -> {
                subscriptions.unsubscribe(visitor.account(), newsletter.id());
                return pages.done("/me/subscriptions", "newsletters.mine.unsubscribed", newsletter.name());
            }
            default -> throw new Problem(ProblemType.BAD_REQUEST);
        }
    }

    /** One of the page: what is not there cannot be named. */
    private NewsletterView shown(String slug) {
        List<SubscriptionView> mine = subscriptions.of(visitor.account());
        return newsletters
                .findBySlug(slug)
                .filter(newsletter -> line(newsletter, mine).findAny().isPresent())
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    /** Nothing of it until a day. */
    @POST
    @Path("pause")
    @Member
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response pause(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        NewsletterView newsletter = shown(form.value("newsletter"));
        if (form.value("then").equals("resume")) {
            subscriptions.resume(visitor.account(), newsletter.id());
            return pages.done("/me/subscriptions", "newsletters.pause.resumed", newsletter.name());
        }
        return PauseUntil.read(form, Now.by(clock), settings.zone())
                .map(until -> {
                    subscriptions.pause(visitor.account(), newsletter.id(), until);
                    return pages.done("/me/subscriptions", "newsletters.pause.paused", newsletter.name());
                })
                .orElseGet(() -> page(422, form));
    }

    @POST
    @Path("none")
    @Member
    public Response none() {
        subscriptions.unsubscribeAll(visitor.account());
        return pages.done("/me/subscriptions", "newsletters.mine.none-left");
    }
}
