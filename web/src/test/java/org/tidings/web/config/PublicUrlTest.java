package org.tidings.web.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://example.org, https://example.org",
        "HTTPS://Example.ORG/, https://example.org",
        "http://localhost:8080, http://localhost:8080",
        "https://bücher.example, https://xn--bcher-kva.example",
        "https://straße.example:8443/, https://xn--strae-oqa.example:8443",
        "http://127.0.0.1:8080, http://127.0.0.1:8080",
        "http://[::1]:8080, http://[::1]:8080",
    })
    void readsAnAddressAsItIsOnTheWire(String configured, String read) {
        assertThat(PublicUrl.parse(configured)).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.org",
                "ftp://example.org",
                "https://example.org/news",
                "https://example.org/news/",
                "https://example.org?x",
                "https://example.org/#",
                "https://user@example.org",
                "https://user:secret@example.org",
                "https://example.org:99999",
                "https://exa mple.org",
                "https://-example.org",
                "https://exam_ple.org",
                "https://",
                "https:///",
                "https://xn--a.example",
            })
    void refusesWhatIsNoneOrHasAPath(String configured) {
        assertThatThrownBy(() -> PublicUrl.parse(configured)).isInstanceOf(IllegalArgumentException.class);
    }
}
