package org.tidings.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SameOriginTest {
    private static final URI SITE = URI.create("https://news.example.org");

    @ParameterizedTest
    @ValueSource(strings = {"/", "/me", "/me/sessions?page=2", "/newsletters/a-b_c", "/search?to=//elsewhere"})
    void goesOnToPathsOfThisSite(String path) {
        assertThat(SameOrigin.pathOr(path, "/me")).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "//evil",
                "/\\evil",
                "\\evil",
                "https://evil",
                "javascript:alert(1)",
                "%2f%2fevil",
                "/%2f/evil",
                "/%5cevil",
                "/a//b",
                "me",
                "/a\r\nSet-Cookie: x",
                "/\tevil",
                "/a/../b",
                "/ä"
            })
    void goesNowhereElse(String target) {
        assertThat(SameOrigin.pathOr(target, "/fallback")).isEqualTo("/fallback");
    }

    @Test
    void goesToTheFallbackWithoutATarget() {
        assertThat(SameOrigin.pathOr(null, "/me")).isEqualTo("/me");
    }

    @Test
    void believesTheBrowserAboutTheSite() {
        assertThat(SameOrigin.sent("same-origin", null, "x", SITE)).isTrue();
        assertThat(SameOrigin.sent("cross-site", "https://news.example.org", "news.example.org", SITE))
                .isFalse();
        assertThat(SameOrigin.sent("same-site", null, "x", SITE)).isFalse();
        assertThat(SameOrigin.sent("none", null, "x", SITE)).isFalse();
    }

    @Test
    void takesTheOriginOfAnOlderBrowser() {
        assertThat(SameOrigin.sent(null, "https://news.example.org", "inner:8080", SITE))
                .isTrue();
        assertThat(SameOrigin.sent(null, "http://localhost:8080", "localhost:8080", SITE))
                .isTrue();
        assertThat(SameOrigin.sent(null, "https://evil.example", "news.example.org", SITE))
                .isFalse();
        assertThat(SameOrigin.sent(null, "http://[broken", "news.example.org", SITE))
                .isFalse();
    }

    @Test
    void leavesABrowserThatKeepsItsOriginToItselfToTheToken_REP02() {
        assertThat(SameOrigin.sent(null, "null", "news.example.org", SITE)).isTrue();
        assertThat(SameOrigin.sent("cross-site", "null", "news.example.org", SITE))
                .isFalse();
        assertThat(SameOrigin.sent(null, "nullx", "news.example.org", SITE)).isFalse();
    }

    @Test
    void leavesAProgramWithoutEitherToTheToken() {
        assertThat(SameOrigin.sent(null, null, "news.example.org", SITE)).isTrue();
    }
}
