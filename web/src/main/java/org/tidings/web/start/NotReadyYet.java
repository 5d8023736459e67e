package org.tidings.web.start;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Until the schemas are current, and from when the node has finished what it had begun, every page says that it comes back, without
 * touching the database; only state and assets answer. In between it counts the requests that run.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class NotReadyYet extends HttpFilter {

    private static final long serialVersionUID = 1;

    @Inject
    @SuppressWarnings("serial")
    private transient Database database;

    @Inject
    @SuppressWarnings("serial")
    private transient Ending ending;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (ending.isAsked()) {
            // Whoever keeps this connection for the next request would lose it.
            response.setHeader("Connection", "close");
        }
        if (answersAnyway(request.getRequestURI())) {
            chain.doFilter(request, response);
        } else if (database.isMigrated() && ending.requests().enter()) {
            try {
                chain.doFilter(request, response);
            } finally {
                ending.requests().leave();
            }
        } else {
            response.setHeader("Retry-After", "10");
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    private static boolean answersAnyway(String path) {
        return path.startsWith("/health/")
                || path.equals("/metrics")
                || path.startsWith("/openapi")
                || path.startsWith("/assets/");
    }
}
