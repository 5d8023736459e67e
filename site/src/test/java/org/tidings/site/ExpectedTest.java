package org.tidings.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExpectedTest {

    static Stream<Arguments> values() {
        Expected hour = Expected.duration(Duration.ofSeconds(1), Duration.ofHours(1));
        return Stream.of(
                Arguments.of(Expected.wholeNumber(1, 200), "200", "201"),
                Arguments.of(Expected.wholeNumber(0, 5), " 5 ", "-1"),
                Arguments.of(Expected.wholeNumber(0, 5), "0", "0x1"),
                Arguments.of(Expected.wholeNumber(0, Long.MAX_VALUE), "7", "99999999999999999999"),
                Arguments.of(hour, "PT1H", "PT61M"),
                Arguments.of(hour, "PT1S", "1"),
                Arguments.of(hour, "PT5M", "-PT5M"),
                Arguments.of(Expected.listOf(hour), "PT5M, PT1H", "PT5M,,PT1H"),
                Arguments.of(Expected.oneOf("local", "public"), "public", "Public"),
                Arguments.of(Expected.line(3), "abc", "abcd"),
                Arguments.of(Expected.secretOfAtLeast(4), "abcd", "abc"),
                Arguments.of(Expected.domain(), "xn--bcher-kva.example", "bücher.example"),
                Arguments.of(Expected.domain(), "example.org", "example..org"),
                Arguments.of(Expected.host(), "::1", "127.0.0.1:80"),
                Arguments.of(Expected.host(), "localhost", "local host"),
                Arguments.of(Expected.mailAddress(), "a.b+c@example.org", "a b@example.org"),
                Arguments.of(Expected.mailAddress(), "a@b.example", "nobody"),
                Arguments.of(Expected.mailAddressOrLocalPart(), "news", "news@"),
                Arguments.of(Expected.timeZone(), "Europe/Berlin", "Berlin"),
                Arguments.of(Expected.parsedBy("a number", Integer::valueOf), "7", "seven"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void acceptsTheOneAndNotTheOther(Expected expected, String right, String wrong) {
        assertThat(expected.accepts(right)).as(right).isTrue();
        assertThat(expected.accepts(wrong)).as(wrong).isFalse();
    }

    /** U+2028 in the site's name would end a header's line. */
    @Test
    void nothingThatEndsALineIsRightAnywhere() {
        assertThat(Expected.line(100).accepts("a\u2028b")).isFalse();
        assertThat(Expected.line(100).accepts("a\nb")).isFalse();
        assertThat(Expected.path().accepts("a\u0000b")).isFalse();
    }

    @Test
    void whatIsRefusedIsShownWithoutItsControlCharacters() {
        var key = new ConfigurationKey("tidings.x", "", "X.", false, Expected.line(5));

        assertThat(key.refuse("tidings.x", "a\u001b[2Jb"))
                .contains("tidings.x is \"a\uFFFD[2Jb\", which is not one line of at most 5 characters.");
        assertThat(key.refuse("tidings.x", " ")).as("as good as unset").isEmpty();
    }
}
