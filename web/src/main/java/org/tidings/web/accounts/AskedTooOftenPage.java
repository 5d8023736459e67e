package org.tidings.web.accounts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import org.tidings.accounts.AskedTooOften;
import org.tidings.web.pages.Pages;

/** Says when to come back. Of the address that was typed it says nothing: nobody has looked at it. */
@Provider
@ApplicationScoped
public class AskedTooOftenPage implements ExceptionMapper<AskedTooOften> {

    private static final long AN_HOUR_AND_A_HALF = 90;

    @Inject
    Pages pages;

    @Override
    public Response toResponse(AskedTooOften e) {
        long minutes = Answers.minutes(e.retryAfter());
        boolean hours = minutes > AN_HOUR_AND_A_HALF;
        Map<String, Object> model =
                Map.of("unit", hours ? "hours" : "minutes", "wait", hours ? (minutes + 59) / 60 : minutes);
        return Response.fromResponse(pages.respond(429, "accounts/asked-too-often", model))
                .header("Retry-After", e.retryAfter().toSeconds())
                .build();
    }
}
