package org.tidings.web.announcements;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import org.tidings.announcements.Feeds;
import org.tidings.web.access.Public;
import org.tidings.web.access.Visitor;

/** Announcements for feed readers and calendars. */
@Path("/{feed: announcements\\.atom|announcements\\.json|maintenance\\.ics}")
public class FeedsResource {
    private static final int TAG_BYTES = 16;

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
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        EntityTag tag = new EntityTag(HexFormat.of().formatHex(sha256(body), 0, TAG_BYTES));
        Date changed = Date.from(feeds.changedAt().toInstant().truncatedTo(ChronoUnit.SECONDS));
        ResponseBuilder unchanged = request.evaluatePreconditions(changed, tag);
        ResponseBuilder response =
                unchanged == null ? Response.ok(body).header("Content-Type", type + "; charset=utf-8") : unchanged;
        return response.tag(tag)
                .lastModified(changed)
                .header("Cache-Control", "public, max-age=60")
                .header("Vary", "Accept-Language, Cookie")
                .build();
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
