package org.tidings.web.announcements;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.tidings.announcements.Feeds;
import org.tidings.web.access.Public;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.ConditionalFeed;

/** Announcements for feed readers and calendars. */
@Path("/{feed: announcements\\.atom|announcements\\.json|maintenance\\.ics}")
public class FeedsResource {
    private static final int MAX_AGE_SECONDS = 60;

    private final Feeds feeds;
    private final Visitor visitor;

    @Inject
    public FeedsResource(Feeds feeds, Visitor visitor) {
        this.feeds = feeds;
        this.visitor = visitor;
    }

    /** With an entity tag and a time of change: a reader that has it gets 304 and no body (RFC 9110 section 13). */
    @GET
    @Public
    public Response feed(@PathParam("feed") String feed, @Context Request request) {
        Locale language = visitor.language();
        return switch (feed) {
            case "announcements.atom" -> answer("application/atom+xml", feeds.atom(language), request);
            case "announcements.json" -> answer("application/feed+json", feeds.json(language), request);
            default -> answer("text/calendar", feeds.calendar(language), request);
        };
    }

    private Response answer(String type, String text, Request request) {
        return ConditionalFeed.answer(
                request,
                type + "; charset=utf-8",
                text.getBytes(StandardCharsets.UTF_8),
                feeds.changedAt(),
                MAX_AGE_SECONDS);
    }
}
