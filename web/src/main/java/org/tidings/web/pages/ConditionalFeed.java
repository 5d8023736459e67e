package org.tidings.web.pages;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import org.tidings.site.Secrets;

/** Answers for programs that ask again and again: a reader that has what there is gets 304 and no body (RFC 9110 section 13). */
public final class ConditionalFeed {
    private static final int TAG_BYTES = 16;

    private ConditionalFeed() {}

    /** @param changedAt when what the feed says last became another, to the second */
    public static Response answer(
            Request request, String contentType, byte[] body, OffsetDateTime changedAt, int maxAgeSeconds) {
        EntityTag tag = new EntityTag(HexFormat.of().formatHex(Secrets.sha256(body), 0, TAG_BYTES));
        Date changed = Date.from(changedAt.toInstant().truncatedTo(ChronoUnit.SECONDS));
        ResponseBuilder unchanged = request.evaluatePreconditions(changed, tag);
        ResponseBuilder response =
                unchanged == null ? Response.ok(body).header("Content-Type", contentType) : unchanged;
        return response.tag(tag)
                .lastModified(changed)
                .header("Cache-Control", "public, max-age=" + maxAgeSeconds)
                .header("Vary", "Accept-Language, Cookie")
                .build();
    }
}
