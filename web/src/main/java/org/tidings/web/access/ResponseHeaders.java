package org.tidings.web.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.tidings.site.Secrets;

/**
 * Sets the security headers of every response before anything else can answer: pages, assets, errors, the container's
 * own included (SEC-41 to SEC-44). Who answers may narrow them, never widen.
 */
@WebFilter(
        urlPatterns = "/*",
        dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ERROR, DispatcherType.FORWARD},
        asyncSupported = true)
public class ResponseHeaders extends HttpFilter {
    private static final long serialVersionUID = 1;

    /** Request attributes. */
    public static final String NONCE = "tidings.nonce";

    public static final String CORRELATION_ID = "tidings.correlation";
    public static final String CORRELATION_HEADER = "X-Correlation-Id";

    private static final Pattern ID_FROM_OUTSIDE = Pattern.compile("[A-Za-z0-9-]{8,64}");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getAttribute(NONCE) == null) {
            request.setAttribute(NONCE, Secrets.random(16));
            var given = request.getHeader(CORRELATION_HEADER);
            request.setAttribute(
                    CORRELATION_ID,
                    given != null && ID_FROM_OUTSIDE.matcher(given).matches() ? given : Secrets.random(9));
        }
        set(response, (String) request.getAttribute(NONCE), (String) request.getAttribute(CORRELATION_ID));
        chain.doFilter(request, response);
    }

    static void set(HttpServletResponse response, String nonce, String correlationId) {
        response.setHeader("Content-Security-Policy", contentSecurityPolicy(nonce));
        response.setHeader("Reporting-Endpoints", "csp=\"/csp-reports\"");
        response.setHeader("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        // Not no-referrer: browsers would send Origin: null with our own forms. Other sites learn nothing either way
        // (ADR 29).
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader(
                "Permissions-Policy",
                "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(),"
                        + " microphone=(), midi=(), payment=(), usb=()");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader(CORRELATION_HEADER, correlationId);
    }

    /** The policy of every page; a page may replace it by one that allows pictures from elsewhere. */
    public static String contentSecurityPolicy(String nonce) {
        return "default-src 'none'; script-src 'nonce-" + nonce + "' 'strict-dynamic'; style-src 'self';"
                + " img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self';"
                + " manifest-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; report-to csp";
    }
}
