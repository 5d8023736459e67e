package org.tidings.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.accounts.ContactWishes;
import org.tidings.accounts.NameRejected;
import org.tidings.accounts.PhoneRejected;
import org.tidings.site.Network;

class SmallThingsTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.77, 192.0.2.0",
        "2001:db8:1:2ff:3:4:5:6, 2001:db8:1:200:0:0:0:0",
        "evil.example.org, unknown",
        "999.1.1.1, unknown",
        "'', unknown",
    })
    void networkIsWhatOneCustomerHolds(String address, String network) {
        assertThat(Network.ofCustomer(address)).isEqualTo(network);
    }

    @ParameterizedTest
    @ValueSource(strings = {"O'Brien \"Bob\" <b>", "🦊 مرحبا", ""})
    void keepsNamesAsTyped(String name) {
        assertThat(DisplayName.of(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nBcc: x@example.org", "a\u0000b", "a\u2028b"})
    void refusesLineBreaksInNames(String name) {
        assertThatThrownBy(() -> DisplayName.of(name)).isInstanceOf(NameRejected.class);
    }

    /** REV-M2, and marks of direction that came along with what was copied. */
    @Test
    void refusesLinksInNamesAndDropsMarksAround_REVM2() {
        assertThatThrownBy(() -> DisplayName.of("see evil.example"))
                .isInstanceOfSatisfying(
                        NameRejected.class, e -> assertThat(e.reason()).isEqualTo(NameRejected.Reason.LINK));
        assertThatThrownBy(() -> DisplayName.of("a\u202Ada\u202Cb"))
                .isInstanceOfSatisfying(
                        NameRejected.class, e -> assertThat(e.reason()).isEqualTo(NameRejected.Reason.DIRECTION));
        assertThat(DisplayName.of(" \u2068Ada\u2069\u200F ").value()).isEqualTo("Ada");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 | Chrome on Linux",
                "SomethingNew (Windows) | a browser on Windows",
                "curl/8.0 | curl",
                "'' | a browser that we do not know",
            })
    void saysABrowserInASentence(String userAgent, String words) {
        assertThat(Browser.inWords(userAgent, "on", "a browser", "a browser that we do not know"))
                .isEqualTo(words);
    }

    @Test
    void refusesOverlongNames() {
        assertThat(DisplayName.of("🦊".repeat(100)).value()).hasSize(200);
        assertThatThrownBy(() -> DisplayName.of("x".repeat(101))).isInstanceOf(NameRejected.class);
    }

    @Test
    void keepsPhoneOnlyWhileCallsAreWished() {
        assertThat(PhoneNumber.of(new ContactWishes(true, false, "+49 30 1"))).isEmpty();
        assertThat(PhoneNumber.of(new ContactWishes(true, true, " +49 (30) 123-4 ")))
                .isEqualTo("+49 (30) 123-4");
        assertThatThrownBy(() -> PhoneNumber.of(new ContactWishes(true, true, "")))
                .isInstanceOf(PhoneRejected.class);
    }

    @Test
    void tokensAreRandomAndLong() {
        assertThat(java.util.stream.Stream.generate(Token::random)
                        .limit(1_000)
                        .map(Token::value)
                        .distinct())
                .hasSize(1_000)
                .allSatisfy(token -> assertThat(token).matches("[A-Za-z0-9_-]{43}"));
    }
}
