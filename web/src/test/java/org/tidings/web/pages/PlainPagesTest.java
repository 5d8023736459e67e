package org.tidings.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.tidings.site.Theme;
import org.tidings.web.SiteSettings;
import org.tidings.web.access.FakeRequest;
import org.tidings.web.access.ResponseHeaders;

class PlainPagesTest {
    private final PlainPages plain =
            new PlainPages(new Templates(), new Texts(), new Assets(Theme.named("evergreen")), new SiteSettings() {
                @Override
                public String name() {
                    return "Tidings";
                }
            });

    @Test
    void saysWhatHappensNextAndTheCorrelationId() {
        var page = Jsoup.parse(new String(
                plain.problem(
                        "unavailable",
                        FakeRequest.of("/me")
                                .header("Accept-Language", "de")
                                .attribute(ResponseHeaders.CORRELATION_ID, "abc-123")
                                .get()),
                StandardCharsets.UTF_8));
        assertThat(page.select("h1").text()).isEqualTo("Wir sind gleich wieder da");
        assertThat(page.text()).contains("abc-123");
        assertThat(page.select("form")).isEmpty();
    }
}
