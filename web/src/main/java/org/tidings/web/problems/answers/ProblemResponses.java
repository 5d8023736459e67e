package org.tidings.web.problems.answers;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidings.web.access.ResponseHeaders;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.PlainPages;
import org.tidings.web.pages.Texts;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** Tells a problem: {@code application/problem+json} (RFC 9457) to programs, a page to people; both with the correlation id. */
@ApplicationScoped
public class ProblemResponses {
    private static final System.Logger LOG = System.getLogger(ProblemResponses.class.getName());

    private Texts texts;
    private PlainPages plain;
    private Instance<Pages> pages;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    protected ProblemResponses() {}

    @Inject
    public ProblemResponses(Texts texts, PlainPages plain, Instance<Pages> pages) {
        this.texts = texts;
        this.plain = plain;
        this.pages = pages;
    }

    /** What to answer to a problem that a resource or a filter ended with. */
    public Response respond(Problem problem, HttpServletRequest request) {
        var type = problem.type();
        var response = forProgram(request) ? json(problem, request) : Response.fromResponse(page(type, request));
        if (type.status() == 401 && forApi(request)) {
            response.header("WWW-Authenticate", "Bearer");
        }
        problem.retryAfterSeconds().ifPresent(seconds -> response.header("Retry-After", seconds));
        if (type == ProblemType.UNAVAILABLE) {
            response.header("Retry-After", 30);
        }
        return response.build();
    }

    /** Browsers ask for HTML; whoever does not is a program. */
    public static boolean forProgram(HttpServletRequest request) {
        var accept = request.getHeader("Accept");
        return forApi(request) || accept == null || !accept.contains("text/html");
    }

    private static boolean forApi(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/api/");
    }

    private Response.ResponseBuilder json(Problem problem, HttpServletRequest request) {
        var type = problem.type();
        var json = Json.createObjectBuilder()
                .add("type", "/problems/" + type.slug())
                .add("title", texts.text(java.util.Locale.ENGLISH, "problems." + type.slug() + ".title"))
                .add("status", type.status())
                .add("correlationId", correlationId(request));
        if (!problem.violations().isEmpty()) {
            var violations = Json.createArrayBuilder();
            for (var violation : problem.violations()) {
                var told = Json.createObjectBuilder()
                        .add("pointer", violation.pointer())
                        .add("code", violation.code());
                violations.add(violation.detail().isEmpty() ? told : told.add("detail", violation.detail()));
            }
            json.add("errors", violations);
        }
        return Response.status(type.status())
                .header("Content-Type", "application/problem+json; charset=utf-8")
                .entity(json.build().toString().getBytes(StandardCharsets.UTF_8));
    }

    /** With the site's frame around it where that can be had: it needs the database. */
    private Response page(ProblemType type, HttpServletRequest request) {
        if (type != ProblemType.UNAVAILABLE && type != ProblemType.INTERNAL) {
            try {
                var stale = type == ProblemType.FORM_FORGED ? StaleForm.in(request) : Optional.<StaleForm>empty();
                if (stale.isPresent()) {
                    return pages.get().respond(type.status(), "problems/stale", Map.of("stale", stale.get()));
                }
                return pages.get().respond(type.status(), "problems/problem", Map.of("slug", type.slug()));
            } catch (RuntimeException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the page of a problem failed: {0}",
                        e.getClass().getName());
            }
        }
        return Response.status(type.status())
                .header("Content-Type", "text/html; charset=utf-8")
                .entity(plain.problem(type.slug(), request))
                .build();
    }

    static String correlationId(HttpServletRequest request) {
        @Nullable Object id = request.getAttribute(ResponseHeaders.CORRELATION_ID);
        return id == null ? "" : id.toString();
    }
}
