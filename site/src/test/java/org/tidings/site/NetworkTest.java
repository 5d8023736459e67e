package org.tidings.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.0.2.128/25, 192.0.2.200, true",
        "192.0.2.128/25, 192.0.2.100, false",
        "192.0.2.7, 192.0.2.7, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "2001:db8::/32, 2001:db8:1::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "10.0.0.0/8, 2001:db8::1, false"
    })
    void containsWhatSharesItsFirstBits(String network, String address, boolean contained) {
        assertThat(Network.of(network)
                        .orElseThrow()
                        .contains(Network.bytes(address).orElseThrow()))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "example.org/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "300.1.1.1"})
    void isNoName(String text) {
        assertThat(Network.of(text)).isEmpty();
    }
}
