package org.tidings.web.start;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Until the schemas are current every page says so, without touching the database; only state and assets answer. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class NotReadyYet extends HttpFilter {

    private static final long serialVersionUID = 1;

    @Inject
    @SuppressWarnings("serial")
    private transient Database database;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (database.isMigrated() || answersAnyway(request.getRequestURI())) {
            chain.doFilter(request, response);
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
