package org.tidings.web.returned;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.tidings.mail.ProviderReports;
import org.tidings.web.access.OpenToOtherSites;
import org.tidings.web.access.Public;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/**
 * Where mail providers post what came back: Amazon SES (by SNS), SendGrid, Postmark, Mailgun, and whoever knows the shared secret. Each
 * answers 404 until its key is configured, 401 to what it did not sign, and 200 once the report is stored.
 */
@Path("/webhooks")
public class WebhooksResource {

    private static final int HEADER_CHARS_AT_MOST = 4_096;

    private final ProviderReports reports;

    @Inject
    public WebhooksResource(ProviderReports reports) {
        this.reports = reports;
    }

    @POST
    @Path("{provider: [a-z]+}")
    @Public
    @OpenToOtherSites(because = "the provider's signature is checked, and without one nothing is stored")
    @Consumes(MediaType.WILDCARD)
    public Response take(@PathParam("provider") String provider, @Context HttpServletRequest request)
            throws IOException {
        // From the request itself: what JAX-RS reads as JSON is held to the rules of our own API.
        byte[] body = request.getInputStream().readNBytes(ProviderReports.BYTES_AT_MOST + 1);
        if (body.length > ProviderReports.BYTES_AT_MOST) {
            throw new Problem(ProblemType.TOO_LARGE);
        }
        return switch (reports.take(provider, headers(request), body)) {
            case KEPT -> Response.ok("Stored.\n", "text/plain; charset=utf-8").build();
            case TOO_MANY -> throw new Problem(ProblemType.TOO_LARGE);
            case OFF -> throw new Problem(ProblemType.NOT_FOUND);
            case REFUSED ->
                Response.status(Response.Status.UNAUTHORIZED)
                        .entity("The signature is wrong.\n")
                        .type("text/plain; charset=utf-8")
                        .build();
        };
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            String value = request.getHeader(name);
            if (value != null && value.length() <= HEADER_CHARS_AT_MOST) {
                headers.put(name.toLowerCase(Locale.ROOT), value);
            }
        }
        return headers;
    }
}
