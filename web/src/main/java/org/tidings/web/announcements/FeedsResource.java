package org.tidings.web.announcements;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.tidings.announcements.Feeds;
import org.tidings.web.access.Public;
import org.tidings.web.access.Visitor;

/** Announcements for feed readers and calendars. */
@Path("/{feed: announcements\\.atom|announcements\\.json|maintenance\\.ics}")
public class FeedsResource {
    private final Feeds feeds;
    private final Visitor visitor;

    @Inject
    public FeedsResource(Feeds feeds, Visitor visitor) {
        this.feeds = feeds;
        this.visitor = visitor;
    }

    @GET
    @Public
    public Response feed(@PathParam("feed") String feed) {
        Locale language = visitor.language();
        return switch (feed) {
            case "announcements.atom" -> answer("application/atom+xml", feeds.atom(language));
            case "announcements.json" -> answer("application/feed+json", feeds.json(language));
            default -> answer("text/calendar", feeds.calendar(language));
        };
    }

    private static Response answer(String type, String text) {
        return Response.ok(text.getBytes(StandardCharsets.UTF_8))
                .header("Content-Type", type + "; charset=utf-8")
                .header("Cache-Control", "public, max-age=60")
                .header("Vary", "Accept-Language, Cookie")
                .build();
    }
}
