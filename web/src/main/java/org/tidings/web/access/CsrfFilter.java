package org.tidings.web.access;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tidings.web.SiteSettings;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/**
 * Lets a request that changes something through only if a page of this site sent it (SEC-38, SEC-39): the browser says same origin,
 * and the form carries a token of this very browser. Forms before signing in are held to the same. Not asked of the JSON API, which
 * knows no cookies, nor of {@link OpenToOtherSites}.
 */
@Provider
@Priority(Priorities.AUTHORIZATION + 10)
@ApplicationScoped
public class CsrfFilter implements ContainerRequestFilter {
    /** Request attributes: the form as it was sent, and whether the browser says that a page of ours sent it. */
    public static final String SENT = "tidings.form.sent";

    public static final String OURS = "tidings.form.ours";

    private static final Set<String> SAFE = Set.of("GET", "HEAD");
    private static final int LARGEST_FORM_BYTES = 3 * 1024 * 1024;
    /** Counted before anything makes them: half a million empty ones once ended the process (SEC-19). */
    private static final int MOST_FIELDS = 200;

    private static final int FIRST_PART_BYTES = 4 * 1024;
    private static final Pattern TOKEN_PART =
            Pattern.compile("name=\"" + Csrf.FIELD + "\"[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n([A-Za-z0-9_-]{1,200})\r\n");

    @Context
    @SuppressWarnings("NullAway.Init")
    ResourceInfo resource;

    @Inject
    HttpServletRequest request;

    @Inject
    Csrf csrf;

    @Inject
    SiteSettings settings;

    @Override
    public void filter(ContainerRequestContext context) throws IOException {
        var method = resource.getResourceMethod();
        if (SAFE.contains(context.getMethod())
                || method.isAnnotationPresent(ApiScope.class)
                || method.isAnnotationPresent(OpenToOtherSites.class)) {
            return;
        }
        var site = context.getHeaderString("Sec-Fetch-Site");
        var origin = context.getHeaderString("Origin");
        if (!SameOrigin.sent(site, origin, context.getHeaderString("Host"), settings.publicUrl())) {
            throw new Problem(ProblemType.FORM_FORGED);
        }
        if (!showsFormAgain(context, method) && !isTokenRight(context)) {
            // It comes from a page of ours, so whoever typed it may look at it and send it again.
            request.setAttribute(OURS, SameOrigin.isSaid(site, origin));
            throw new Problem(ProblemType.FORM_FORGED);
        }
    }

    /** Only where a browser says where it comes from. */
    private boolean showsFormAgain(ContainerRequestContext context, Method method) throws IOException {
        var decision = method.getAnnotation(ShowsFormAgain.class);
        var again = decision != null
                && SameOrigin.isSaid(context.getHeaderString("Sec-Fetch-Site"), context.getHeaderString("Origin"))
                && context.getUriInfo().getQueryParameters().getOrDefault(decision.value(), List.of()).stream()
                        .anyMatch(value -> !value.isEmpty());
        if (again) {
            tokenOf(context); // what is too large is refused here
        }
        return again;
    }

    boolean isTokenRight(ContainerRequestContext context) throws IOException {
        var cookie = Cookies.value(request, Cookies.SESSION).or(() -> Cookies.value(request, Cookies.FORM));
        var header = context.getHeaderString(Csrf.HEADER);
        var token = header == null ? tokenOf(context) : Optional.of(header);
        return token.isPresent()
                && cookie.isPresent()
                && (csrf.matches(token.get(), cookie.get())
                        // A form given out before the browser signed in, in another window.
                        || Cookies.value(request, Cookies.FORM)
                                .filter(form -> csrf.matches(token.get(), form))
                                .isPresent());
    }

    private Optional<String> tokenOf(ContainerRequestContext context) throws IOException {
        var type = context.getMediaType();
        if (type == null) {
            return Optional.empty();
        }
        if (type.isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE)) {
            var body = context.getEntityStream().readNBytes(LARGEST_FORM_BYTES + 1);
            if (body.length > LARGEST_FORM_BYTES) {
                throw new Problem(ProblemType.TOO_LARGE);
            }
            context.setEntityStream(new ByteArrayInputStream(body));
            String form = new String(body, StandardCharsets.ISO_8859_1);
            if (form.chars().filter(c -> c == '&').count() >= MOST_FIELDS) {
                throw new Problem(ProblemType.BAD_REQUEST);
            }
            request.setAttribute(SENT, form);
            return tokenInForm(form);
        }
        if (type.isCompatible(MediaType.MULTIPART_FORM_DATA_TYPE)) {
            // The hidden field is the form's first, so that a large upload need not be read to find it.
            InputStream rest = context.getEntityStream();
            var head = rest.readNBytes(FIRST_PART_BYTES);
            context.setEntityStream(new SequenceInputStream(new ByteArrayInputStream(head), rest));
            var found = TOKEN_PART.matcher(new String(head, StandardCharsets.ISO_8859_1));
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        }
        throw new Problem(ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    static Optional<String> tokenInForm(String body) {
        var field = Csrf.FIELD + "=";
        int from = body.startsWith(field) ? 0 : body.indexOf("&" + field) + 1;
        if (from == 0 && !body.startsWith(field)) {
            return Optional.empty();
        }
        int end = body.indexOf('&', from);
        return Optional.of(body.substring(from + field.length(), end < 0 ? body.length() : end));
    }
}
