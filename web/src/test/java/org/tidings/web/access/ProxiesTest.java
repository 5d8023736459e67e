package org.tidings.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {

    private static final String OURS = "127.0.0.1, 10.0.0.0/8, fd00::/9";

    @Test
    void believesNobodyUnlessConfigured_SEC26() {
        assertThat(new Proxies(Optional.empty()).client(request("127.0.0.1", "203.0.113.9")))
                .isEqualTo("127.0.0.1");
        assertThat(new Proxies(Optional.empty()).cameUnencrypted(request("127.0.0.1")))
                .isFalse();
    }

    @Test
    void doesNotBelieveAStrangerWhoForwards_SEC26() {
        assertThat(new Proxies(Optional.of(OURS)).client(request("198.51.100.7", "203.0.113.9")))
                .isEqualTo("198.51.100.7");
        assertThat(new Proxies(Optional.of(OURS)).cameUnencrypted(request("198.51.100.7")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9 | 203.0.113.9",
                "6.6.6.6, 203.0.113.9 | 203.0.113.9",
                "6.6.6.6, 203.0.113.9, 10.1.2.3 | 203.0.113.9",
                "203.0.113.9:4711 | 203.0.113.9",
                "[2001:db8::1]:4711 | 2001:db8::1",
                "2001:db8::1, fd7f::1 | 2001:db8::1",
                "2001:db8::1, fd80::1 | fd80::1",
                "10.1.1.1, 10.1.1.2 | 10.1.1.1",
                "203.0.113.9, evil.example.com | 127.0.0.1",
                "203.0.113.9, | 127.0.0.1",
                "999.1.1.1 | 127.0.0.1"
            })
    void takesTheFirstFromTheRightThatIsNotOurs(String forwarded, String client) {
        assertThat(new Proxies(Optional.of(OURS)).client(request("127.0.0.1", forwarded)))
                .isEqualTo(client);
    }

    @Test
    void readsSeveralHeadersAsOne() {
        assertThat(new Proxies(Optional.of(OURS)).client(request("127.0.0.1", "6.6.6.6", "203.0.113.9, 10.0.0.1")))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void passesOverWhatIsNoNetwork() {
        Proxies proxies = new Proxies(Optional.of("localhost, 10.0.0.0/33, 10.0.0.0/x, 192.0.2.1"));

        assertThat(proxies.client(request("10.0.0.1", "203.0.113.9"))).isEqualTo("10.0.0.1");
        assertThat(proxies.client(request("192.0.2.1", "203.0.113.9"))).isEqualTo("203.0.113.9");
        assertThat(proxies.cameUnencrypted(request("192.0.2.1"))).isTrue();
    }

    private static HttpServletRequest request(String peer, String... forwarded) {
        List<String> headers = Arrays.asList(forwarded);
        return (HttpServletRequest) Proxy.newProxyInstance(
                ProxiesTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, given) -> switch (method.getName()) {
                    case "getRemoteAddr" -> peer;
                    case "getHeaders" -> Collections.enumeration(headers);
                    case "getHeader" -> "http";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
