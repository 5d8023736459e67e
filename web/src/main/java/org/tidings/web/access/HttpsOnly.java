package org.tidings.web.access;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.tidings.web.SiteSettings;

/**
 * Where the public address is https and our proxy was asked by http (SEC-45): a page is looked at again by https, anything that sends something,
 * and every program, is refused, because what it sent has been readable on its way.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class HttpsOnly extends HttpFilter {

    private static final long serialVersionUID = 1;

    @Inject
    @SuppressWarnings("serial")
    private transient Proxies proxies;

    @Inject
    @SuppressWarnings("serial")
    private transient SiteSettings site;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        filter(site.publicUrl(), proxies, request, response, chain);
    }

    static void filter(
            URI site, Proxies proxies, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!"https".equals(site.getScheme()) || !proxies.cameUnencrypted(request)) {
            chain.doFilter(request, response);
        } else if (isLook(request)) {
            String query = request.getQueryString();
            response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
            response.setHeader("Location", site + request.getRequestURI() + (query == null ? "" : "?" + query));
        } else {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private static boolean isLook(HttpServletRequest request) {
        return ("GET".equals(request.getMethod()) || "HEAD".equals(request.getMethod()))
                && !request.getRequestURI().startsWith("/api/");
    }
}
