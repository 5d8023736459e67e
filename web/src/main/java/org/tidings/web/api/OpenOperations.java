package org.tidings.web.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.tidings.site.JdbcTransactions;

/** However a request of the JSON API ends, a transaction that it left open is rolled back: the thread has other requests to serve. */
@WebFilter(urlPatterns = "/api/*")
public class OpenOperations extends HttpFilter {

    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } finally {
            if (request.getAttribute(IdempotencyFilter.OPEN) instanceof JdbcTransactions.Open open) {
                open.rollback();
            }
        }
    }
}
