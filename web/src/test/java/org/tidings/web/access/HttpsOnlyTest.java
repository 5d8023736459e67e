package org.tidings.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpsOnlyTest {

    private final List<String> answered = new ArrayList<>();

    @Test
    void leadsPagesToHttpsAndRefusesTheRest_SEC45() throws Exception {
        ask("https://news.example.org", "127.0.0.1", "GET", "/privacy");
        ask("https://news.example.org", "127.0.0.1", "POST", "/sign-in");
        ask("https://news.example.org", "127.0.0.1", "GET", "/api/v1/newsletters");

        assertThat(answered)
                .containsExactly(
                        "status 301", "Location https://news.example.org/privacy?q=1", "error 403", "error 403");
    }

    @Test
    void leavesAloneWhatDidNotComeThroughOurProxyOrHasNoTls() throws Exception {
        ask("https://news.example.org", "198.51.100.7", "GET", "/privacy");
        ask("http://localhost:8080", "127.0.0.1", "GET", "/privacy");

        assertThat(answered).containsExactly("passed on", "passed on");
    }

    private void ask(String publicUrl, String peer, String method, String path) throws Exception {
        FilterChain chain = (request, response) -> answered.add("passed on");
        HttpsOnly.filter(
                URI.create(publicUrl),
                new Proxies(Optional.of("127.0.0.1")),
                stub(HttpServletRequest.class, (proxy, called, given) -> switch (called.getName()) {
                    case "getRemoteAddr" -> peer;
                    case "getHeader" -> "http";
                    case "getMethod" -> method;
                    case "getRequestURI" -> path;
                    case "getQueryString" -> "q=1";
                    default -> throw new UnsupportedOperationException(called.getName());
                }),
                stub(HttpServletResponse.class, (proxy, called, given) -> {
                    switch (called.getName()) {
                        case "setStatus" -> answered.add("status " + given[0]);
                        case "setHeader" -> answered.add(given[0] + " " + given[1]);
                        case "sendError" -> answered.add("error " + given[0]);
                        default -> throw new UnsupportedOperationException(called.getName());
                    }
                    return null;
                }),
                chain);
    }

    @SuppressWarnings("NullAway") // a method without result
    private static <T> T stub(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(HttpsOnlyTest.class.getClassLoader(), new Class<?>[] {type}, answers));
    }
}
