package org.tidings.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tidings.mail.testing.FakeSiteSecret;

class CsrfTest {
    private final Csrf csrf = new Csrf(new FakeSiteSecret());

    @Test
    void acceptsItsOwnTokenForTheSameBrowserOnly() {
        var token = csrf.tokenFor("session-a");
        assertThat(csrf.matches(token, "session-a")).isTrue();
        assertThat(csrf.matches(token, "session-b")).isFalse();
    }

    @Test
    void looksDifferentEveryTime() {
        assertThat(csrf.tokenFor("session-a")).isNotEqualTo(csrf.tokenFor("session-a"));
    }

    @Test
    void refusesWhatIsNotAToken() {
        for (var broken : new String[] {"", "AAAA", "not base64!", "A".repeat(86), "A".repeat(1_000_000)}) {
            assertThat(csrf.matches(broken, "session-a"))
                    .as(broken.substring(0, Math.min(9, broken.length())))
                    .isFalse();
        }
    }

    @Test
    void findsTheTokenAnywhereInAForm() {
        assertThat(CsrfFilter.tokenInForm("_csrf=abc&a=1")).contains("abc");
        assertThat(CsrfFilter.tokenInForm("a=1&_csrf=abc&b=2")).contains("abc");
        assertThat(CsrfFilter.tokenInForm("a=1&_csrf=abc")).contains("abc");
        assertThat(CsrfFilter.tokenInForm("a=1&not_csrf=abc")).isEmpty();
        assertThat(CsrfFilter.tokenInForm("")).isEmpty();
    }

    @Test
    void bindsAFreshFormCookieOf256Bits() {
        assertThat(Csrf.newFormCookie()).hasSize(43).isNotEqualTo(Csrf.newFormCookie());
    }
}
