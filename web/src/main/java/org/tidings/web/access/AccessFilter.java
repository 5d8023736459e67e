package org.tidings.web.access;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tidings.accounts.ApiTokens;
import org.tidings.web.SiteSettings;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** Enforces the decision that every resource method carries; one without a decision is not reachable. */
@Provider
@Priority(Priorities.AUTHORIZATION)
@ApplicationScoped
public class AccessFilter implements ContainerRequestFilter {
    private static final String BEARER = "Bearer ";

    @Context
    @SuppressWarnings("NullAway.Init")
    ResourceInfo resource;

    @Inject
    HttpServletRequest request;

    @Inject
    Visitor visitor;

    @Inject
    ApiTokens apiTokens;

    @Inject
    SiteSettings settings;

    @Inject
    MailboxKey mailboxKey;

    @Override
    public void filter(ContainerRequestContext context) {
        var method = resource.getResourceMethod();
        if (method == null || (context.getMethod().equals("OPTIONS") && !method.isAnnotationPresent(OPTIONS.class))) {
            // OPTIONS that the container would answer itself: nothing is offered across origins.
            throw new Problem(ProblemType.METHOD_NOT_ALLOWED);
        }
        var query = context.getUriInfo().getRequestUri().getRawQuery();
        if (query != null && query.contains("%00")) {
            // A NUL means nothing anywhere, and PostgreSQL breaks off on one.
            throw new Problem(ProblemType.BAD_REQUEST);
        }
        if (query != null && !method.isAnnotationPresent(Public.class) && !isReadable(query)) {
            // What mail programs and trackers add to a public page's address is nobody's fault who follows it.
            throw new Problem(ProblemType.UNREADABLE_CHARACTERS);
        }
        var loopback = method.getAnnotation(LoopbackOnly.class);
        if (loopback != null) {
            letIn(loopback);
        }
        if (method.isAnnotationPresent(Public.class)) {
            return;
        }
        var scope = method.getAnnotation(ApiScope.class);
        if (scope != null) {
            letIn(context, scope.value());
            return;
        }
        if (!method.isAnnotationPresent(Member.class) && !method.isAnnotationPresent(StaffRole.class)) {
            throw new IllegalStateException("no access decision: " + method);
        }
        letIn(context, method);
    }

    private static boolean isReadable(String query) {
        try {
            Utf8.decoded(query);
            return true;
        } catch (CharacterCodingException otherEncoding) {
            return false;
        }
    }

    private void letIn(LoopbackOnly decision) {
        if (!settings.mailboxIsOpen() || !ThisMachine.sent(request)) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        if (!decision.withoutKey() && !mailboxKey.isHeldBy(request)) {
            throw new Problem(ProblemType.MAILBOX_LOCKED);
        }
    }

    private void letIn(ContainerRequestContext context, ApiTokens.Scope scope) {
        var header = context.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.startsWith(BEARER)) {
            throw new Problem(ProblemType.API_TOKEN_MISSING);
        }
        var token = apiTokens
                .resolve(header.substring(BEARER.length()).trim())
                .orElseThrow(() -> new Problem(ProblemType.API_TOKEN_INVALID));
        if (!token.scopes().contains(scope)) {
            throw new Problem(ProblemType.API_SCOPE_MISSING);
        }
        visitor.cameWith(token);
    }

    private void letIn(ContainerRequestContext context, Method method) {
        var session = visitor.session();
        if (session.isEmpty()) {
            context.abortWith(toSignIn(context, "/sign-in"));
            return;
        }
        var roles = method.getAnnotation(StaffRole.class);
        if (roles != null
                && Arrays.stream(roles.value()).noneMatch(session.get().roles()::contains)) {
            throw new Problem(ProblemType.ROLE_MISSING);
        }
        var fresh = method.getAnnotation(FreshSignIn.class);
        if (fresh != null && !visitor.signedInFreshly(fresh.minutes())) {
            context.abortWith(toSignIn(context, "/sign-in/again"));
        }
    }

    /**
     * A GET is come back to. A form goes along to the page that asks for the password (307 repeats the request there, through
     * the same checks), so that nothing typed is lost.
     */
    private Response toSignIn(ContainerRequestContext context, String page) {
        var here = context.getUriInfo().getRequestUri();
        var target = here.getRawPath() + (here.getRawQuery() == null ? "" : "?" + here.getRawQuery());
        if (wantsJson(context)) {
            throw new Problem(
                    page.endsWith("again") ? ProblemType.REAUTHENTICATION_REQUIRED : ProblemType.NOT_SIGNED_IN);
        }
        var encoded = URLEncoder.encode(target, StandardCharsets.UTF_8);
        if (context.getMethod().equals("GET") || context.getMethod().equals("HEAD")) {
            return Response.seeOther(URI.create(page + "?to=" + encoded)).build();
        }
        var comesAlong = Cookies.value(request, Cookies.SESSION).isPresent()
                // Signed out in another tab.
                || SameOrigin.isSaid(context.getHeaderString("Sec-Fetch-Site"), context.getHeaderString("Origin"));
        return isForm(context) && comesAlong
                ? Response.temporaryRedirect(URI.create(page + "?for=" + encoded))
                        .build()
                : Response.seeOther(URI.create(page)).build();
    }

    private static boolean isForm(ContainerRequestContext context) {
        var type = context.getMediaType();
        return type != null && type.isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE);
    }

    private static boolean wantsJson(ContainerRequestContext context) {
        var accept = context.getHeaderString(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("json") && !accept.contains("text/html");
    }
}
