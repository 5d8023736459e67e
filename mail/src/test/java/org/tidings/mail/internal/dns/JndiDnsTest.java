package org.tidings.mail.internal.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tidings.mail.internal.signing.dkim.DkimAlgorithm;
import org.tidings.mail.internal.signing.dkim.DkimKey;
import org.tidings.mail.testing.FakeNameServer;

class JndiDnsTest {

    private final FakeNameServer server = FakeNameServer.started();
    private final Dns dns = new JndiDns("dns://" + server.address());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void joinsTheStringsOfALongRecord() {
        DkimKey key = DkimKey.generate(DkimAlgorithm.RSA, "example.com", "2026h2r");
        server.txt(key.recordName(), key.recordValue());

        assertThat(dns.txt(key.recordName())).containsExactly(key.recordValue());
    }

    @Test
    void readsExchangersAndTheirAbsence() {
        server.mx("example.com", 10, "mx.example.com").txt("mute.example.com", "v=spf1 -all");

        assertThat(dns.mx("example.com")).containsExactly(new Dns.Mx(10, "mx.example.com"));
        assertThat(dns.mx("mute.example.com")).isEmpty();
        assertThat(dns.txt("nobody.example.com")).isEmpty();
    }

    @Test
    void tellsSilenceFromAbsence() {
        server.close();

        assertThatThrownBy(() -> dns.txt("example.com")).isInstanceOf(Dns.DnsUnavailable.class);
    }
}
