package org.tidings.web.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as far as our own code asks for one; everything else is refused loudly. */
public final class FakeRequest {
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, @Nullable Object> attributes = new HashMap<>();
    private final List<Cookie> cookies = new ArrayList<>();
    private final String path;

    private FakeRequest(String path) {
        this.path = path;
    }

    public static FakeRequest of(String path) {
        return new FakeRequest(path);
    }

    public FakeRequest header(String name, String value) {
        headers.put(name.toLowerCase(Locale.ROOT), value);
        return this;
    }

    public FakeRequest cookie(String name, String value) {
        cookies.add(new Cookie(name, value));
        return this;
    }

    public FakeRequest attribute(String name, Object value) {
        attributes.put(name, value);
        return this;
    }

    public @Nullable Object attribute(String name) {
        return attributes.get(name);
    }

    public HttpServletRequest get() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                FakeRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, given) -> switch (method.getName()) {
                    case "getHeader" -> headers.get(given[0].toString().toLowerCase(Locale.ROOT));
                    case "getAttribute" -> attributes.get(given[0].toString());
                    case "setAttribute" -> attributes.put(given[0].toString(), given[1]);
                    case "getCookies" -> cookies.isEmpty() ? null : cookies.toArray(Cookie[]::new);
                    case "getRequestURI" -> path;
                    case "getMethod" -> "GET";
                    case "getParameter" -> null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
