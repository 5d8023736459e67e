package org.tidings.web.links;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;

/**
 * Leads damaged links to what they were (REP-12, MBR-08). Looking is redirected and changes nothing; a mail program's POST, which must not be
 * redirected (RFC 8058), is answered as if the link were whole.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class MendingLinks implements ContainerRequestFilter {

    @Inject
    HttpServletRequest request;

    @Override
    public void filter(ContainerRequestContext context) {
        String path = request.getRequestURI();
        boolean looks = context.getMethod().equals("GET") || context.getMethod().equals("HEAD");
        boolean leaves = context.getMethod().equals("POST") && MailLinks.isUnsubscribing(path);
        if (!looks && !leaves) {
            return;
        }
        String query = request.getQueryString();
        MailLinks.mended(path, query).ifPresent(mended -> {
            if (looks) {
                context.abortWith(Response.seeOther(URI.create(mended)).build());
            } else if (!path.matches("/u/[A-Za-z0-9_-]+/[a-z-]+")) {
                context.setRequestUri(context.getUriInfo()
                        .getBaseUriBuilder()
                        .path(mended.replaceFirst("\\?.*$", ""))
                        .build());
            }
        });
    }
}
