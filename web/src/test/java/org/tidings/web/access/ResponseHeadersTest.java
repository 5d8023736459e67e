package org.tidings.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ResponseHeadersTest {
    @Test
    void setsEverySecurityHeader() throws Exception {
        assertThat(headersFor(FakeRequest.of("/")))
                .containsKeys(
                        "Content-Security-Policy", "Strict-Transport-Security", "Permissions-Policy", "X-Frame-Options")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Referrer-Policy", "same-origin")
                .containsEntry("Cross-Origin-Opener-Policy", "same-origin")
                .containsEntry("Cross-Origin-Resource-Policy", "same-origin")
                .containsEntry("Cache-Control", "no-store");
    }

    @Test
    void allowsNothingInlineAndNothingFromElsewhere() {
        assertThat(ResponseHeaders.contentSecurityPolicy("n"))
                .contains(
                        "default-src 'none'",
                        "script-src 'nonce-n' 'strict-dynamic'",
                        "base-uri 'none'",
                        "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http:", "https:", "*");
    }

    @Test
    void givesEveryResponseANonceOfItsOwn() throws Exception {
        assertThat(headersFor(FakeRequest.of("/")).get("Content-Security-Policy"))
                .isNotEqualTo(headersFor(FakeRequest.of("/")).get("Content-Security-Policy"));
    }

    @Test
    void keepsTheNonceWhenAnErrorPageIsDispatched() throws Exception {
        var request = FakeRequest.of("/");
        assertThat(headersFor(request)).isEqualTo(headersFor(request));
    }

    @Test
    void takesACorrelationIdFromOutsideOnlyIfItIsHarmless() throws Exception {
        assertThat(headersFor(FakeRequest.of("/").header("X-Correlation-Id", "abcDEF-12345")))
                .containsEntry("X-Correlation-Id", "abcDEF-12345");
        assertThat(headersFor(FakeRequest.of("/").header("X-Correlation-Id", "<script>alert(1)"))
                        .get("X-Correlation-Id"))
                .doesNotContain("script");
    }

    private static Map<String, String> headersFor(FakeRequest request) throws Exception {
        var headers = new TreeMap<String, String>();
        var response = (HttpServletResponse) Proxy.newProxyInstance(
                ResponseHeadersTest.class.getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (p, m, a) -> {
                    if (m.getName().equals("setHeader")) {
                        headers.put((String) a[0], (String) a[1]);
                    }
                    return null;
                });
        new ResponseHeaders().doFilter(request.get(), response, (req, res) -> {});
        return headers;
    }
}
