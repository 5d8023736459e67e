package org.tidings.mail.internal.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tidings.mail.SendingCheck;
import org.tidings.mail.SendingCheck.Advice;
import org.tidings.mail.SendingCheck.Finding;
import org.tidings.mail.SendingCheck.State;
import org.tidings.mail.SendingCheck.Subject;
import org.tidings.mail.internal.dns.Dns;
import org.tidings.mail.internal.dns.JndiDns;
import org.tidings.mail.internal.signing.dkim.DkimAlgorithm;
import org.tidings.mail.internal.signing.dkim.DkimKey;

@SuppressWarnings("StringSplitter")
class DnsSendingCheckTest {
    private static final DkimKey KEY = DkimKey.generate(DkimAlgorithm.ED25519, "example.com", "2026h2e");

    private final Map<String, List<String>> txt = new HashMap<>();
    private List<Dns.Mx> mx = List.of(new Dns.Mx(10, "mx.example.com"));
    private boolean silent;
    private final SendingCheck check = new DnsSendingCheck(
            new Dns() {
                @Override
                public List<String> txt(String name) {
                    if (silent) {
                        throw new DnsUnavailable(name, new IOException("time-out"));
                    }
                    return txt.getOrDefault(name, List.of());
                }

                @Override
                public List<Mx> mx(String name) {
                    return mx;
                }

                @Override
                public List<String> addresses(String name) {
                    return List.of();
                }
            },
            domain -> domain.endsWith("example.com") ? List.of(KEY) : List.of());

    @Test
    void findsNothingToChangeInADomainThatIsWellSetUp() {
        txt.put("example.com", List.of("google-site-verification=x", "v=spf1 mx -all"));
        txt.put("_dmarc.example.com", List.of("v=DMARC1; p=reject; rua=mailto:d@example.com"));
        txt.put(KEY.recordName(), List.of(KEY.recordValue()));

        assertThat(check.check("example.com"))
                .filteredOn(f -> f.advice() != Advice.DKIM_ADD_RSA_KEY)
                .allSatisfy(f -> assertThat(f.state()).as(f.toString()).isEqualTo(State.GOOD))
                .hasSize(4);
    }

    @Test
    void saysWhatIsMissing() {
        mx = List.of();
        assertThat(check.check("example.org"))
                .extracting(Finding::advice)
                .containsExactly(
                        Advice.SPF_ADD_RECORD, Advice.DKIM_CREATE_KEY, Advice.DMARC_ADD_RECORD, Advice.MX_ADD_RECORD);
        assertThat(check.check("example.com"))
                .filteredOn(f -> f.advice() == Advice.DKIM_PUBLISH_RECORD)
                .singleElement()
                .satisfies(f -> assertThat(f.wanted()).isEqualTo(KEY.zoneLine()));
    }

    @Test
    void saysWhatIsWrongWithSpf() {
        assertThat(spf("v=spf1 +all")).isEqualTo(Advice.SPF_NEVER_ALLOW_EVERYBODY);
        assertThat(spf("v=spf1 mx")).isEqualTo(Advice.SPF_END_WITH_ALL);
        assertThat(spf("v=spf1 mx -all", "v=spf1 a -all")).isEqualTo(Advice.SPF_KEEP_ONE_RECORD);
        assertThat(spf("v=spf1 " + "include:x.example ".repeat(11) + "-all")).isEqualTo(Advice.SPF_TOO_MANY_LOOKUPS);
        assertThat(spf("v=spf1 redirect=_spf.example.net")).isEqualTo(Advice.NOTHING);
    }

    @Test
    void changesTheEndOfAnSpfRecordAndNoName() {
        txt.put("example.com", List.of("v=spf1 include:all.example.net ?all"));

        assertThat(check.check("example.com"))
                .filteredOn(f -> f.subject() == Subject.SPF)
                .singleElement()
                .satisfies(f -> assertThat(f.wanted()).isEqualTo("v=spf1 include:all.example.net ~all"));
    }

    @Test
    void saysWhatIsWrongWithDmarc() {
        assertThat(dmarc("v=DMARC1; p=none; rua=mailto:d@example.com")).isEqualTo(Advice.DMARC_RAISE_POLICY);
        assertThat(dmarc("v=DMARC1; p=reject")).isEqualTo(Advice.DMARC_ASK_FOR_REPORTS);
        assertThat(dmarc("v=DMARC1; p=maybe")).isEqualTo(Advice.DMARC_REPAIR_RECORD);
        txt.put("_dmarc.example.com", List.of("v=DMARC1; p=reject; rua=mailto:d@example.com"));
        assertThat(advice("news.example.com", Subject.DMARC)).isEqualTo(Advice.NOTHING);
    }

    @Test
    void silenceOfDnsIsNoFinding() {
        silent = true;
        assertThat(check.check("example.com"))
                .filteredOn(f -> f.subject() != Subject.MX && f.advice() != Advice.DKIM_ADD_RSA_KEY)
                .extracting(Finding::state)
                .containsOnly(State.UNKNOWN);
    }

    @Test
    void refusesWhatIsNoDomain() {
        assertThatThrownBy(() -> check.check("example.com/../x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void joinsTheStringsOfATxtRecordAsTheJdkPrintsThem() {
        assertThat(JndiDns.joinStrings("\"v=DKIM1; k=rsa; p=AB\" CD")).isEqualTo("v=DKIM1; k=rsa; p=ABCD");
        assertThat(JndiDns.joinStrings("\"a \\\"b\\\"\" \"\" c")).isEqualTo("a \"b\"c");
    }

    private Advice spf(String... records) {
        txt.put("example.com", List.of(records));
        return advice("example.com", Subject.SPF);
    }

    private Advice dmarc(String record) {
        txt.put("_dmarc.example.com", List.of(record));
        return advice("example.com", Subject.DMARC);
    }

    private Advice advice(String domain, Subject subject) {
        return check.check(domain).stream()
                .filter(f -> f.subject() == subject)
                .findFirst()
                .orElseThrow()
                .advice();
    }
}
