package org.tidings.web.health;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.tidings.web.access.ThisMachine;

/**
 * Health, metrics and the API's description are not public unless configured (SEC-70): they answer to this machine, to whoever
 * sends {@code tidings.state.token} as a bearer token, and to all with {@code tidings.state.access=public}. To others they are
 * not there.
 *
 * <p>A request that came through a proxy on this machine is not from this machine.
 */
@WebFilter(
        urlPatterns = {"/health/*", "/metrics/*", "/openapi/*"},
        asyncSupported = true)
public class StateAccess extends HttpFilter {

    private static final long serialVersionUID = 1;
    private static final int SHORTEST_TOKEN = 16;
    private static final String BEARER = "Bearer ";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (ThisMachine.sent(request) || isPublic() || hasToken(request)) {
            chain.doFilter(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private static boolean isPublic() {
        return config("tidings.state.access").filter("public"::equals).isPresent();
    }

    private static boolean hasToken(HttpServletRequest request) {
        String given = request.getHeader("Authorization");
        Optional<String> token = config("tidings.state.token").filter(set -> set.length() >= SHORTEST_TOKEN);
        return given != null
                && given.startsWith(BEARER)
                && token.isPresent()
                && MessageDigest.isEqual(
                        given.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8),
                        token.get().getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> config(String key) {
        Config config = ConfigProvider.getConfig();
        return config.getOptionalValue(key, String.class);
    }
}
