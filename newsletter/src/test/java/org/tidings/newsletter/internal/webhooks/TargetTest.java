package org.tidings.newsletter.internal.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.newsletter.WebhookRejected;
import org.tidings.newsletter.WebhookRejected.Reason;

/** Where webhooks may lead. */
class TargetTest {

    private static final Target.Names NUMBERS = InetAddress::getAllByName;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://10.0.0.1/",
                "https://172.16.0.1/",
                "https://192.168.1.1/",
                "https://169.254.169.254/latest/meta-data",
                "https://100.64.0.1/",
                "https://0.0.0.0/",
                "https://224.0.0.1/",
                "https://240.0.0.1/",
                "https://198.18.0.1/",
                "https://192.0.2.1/",
                "https://[::1]/",
                "https://[::]/",
                "https://[fe80::1]/",
                "https://[fd00::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[2002:7f00:1::]/",
                "https://[2001:0:7f00:1::]/",
                "https://[2001:db8::1]/",
                "https://93.184.215.14:22/"
            })
    void leadsIntoNoNetworkThatIsNotPublic(String url) {
        assertThatThrownBy(() -> Target.of(url, false, NUMBERS))
                .isInstanceOfSatisfying(
                        WebhookRejected.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_PUBLIC));
    }

    /** Numbers as old libraries read them are names here, or the address that they are. */
    @ParameterizedTest
    @ValueSource(strings = {"https://2130706433/", "https://127.1/", "https://0x7f000001/", "https://localhost/"})
    void knowsOtherWaysToWriteThisMachine(String url) {
        assertThatThrownBy(() -> Target.of(url, false, NUMBERS)).isInstanceOf(WebhookRejected.class);
    }

    @ParameterizedTest
    @CsvSource({
        "http://93.184.215.14/, NOT_HTTPS",
        "ftp://93.184.215.14/, ADDRESS",
        "https://user:secret@93.184.215.14/, ADDRESS",
        "https://93.184.215.14/#part, ADDRESS",
        "https:///path, ADDRESS",
        "https://a b/, ADDRESS",
        "nothing, ADDRESS"
    })
    void refusesWhatIsNoAddress(String url, Reason reason) {
        assertThatThrownBy(() -> Target.of(url, false, NUMBERS))
                .isInstanceOfSatisfying(
                        WebhookRejected.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    /** One of several addresses in a network of ours is enough to refuse, and what was looked at is what is connected to. */
    @Test
    void resolvesOnceAndAll() throws Exception {
        InetAddress outside = InetAddress.getByName("93.184.215.14");
        InetAddress inside = InetAddress.getByName("10.1.2.3");
        int[] asked = new int[1];
        Target.Names once = host -> {
            asked[0]++;
            return new InetAddress[] {outside};
        };

        Target target = Target.of("https://hooks.example.org:8443/in?x=1", false, once);

        assertThat(target.address()).isEqualTo(outside);
        assertThat(target.host()).isEqualTo("hooks.example.org:8443");
        assertThat(target.path()).isEqualTo("/in?x=1");
        assertThat(asked[0]).isEqualTo(1);
        assertThatThrownBy(() ->
                        Target.of("https://hooks.example.org/", false, host -> new InetAddress[] {outside, inside}))
                .isInstanceOf(WebhookRejected.class);
        assertThatThrownBy(() -> Target.of("https://hooks.example.org/", false, host -> {
                    throw new UnknownHostException(host);
                }))
                .isInstanceOfSatisfying(
                        WebhookRejected.class, e -> assertThat(e.reason()).isEqualTo(Reason.NAME_UNKNOWN));
    }
}
