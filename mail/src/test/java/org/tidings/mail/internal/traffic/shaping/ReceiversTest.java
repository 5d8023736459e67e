package org.tidings.mail.internal.traffic.shaping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidings.mail.internal.dns.Dns;
import org.tidings.mail.testing.MovableClock;

/** R01: by operator, not by domain. */
class ReceiversTest {

    private final Map<String, List<Dns.Mx>> records = new HashMap<>();
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final MovableClock clock = MovableClock.standing();
    private boolean full;
    private boolean unavailable;
    private int asked;

    private final Dns dns = new Dns() {
        @Override
        public List<String> txt(String name) {
            throw new AssertionError();
        }

        @Override
        public List<Mx> mx(String name) {
            asked++;
            if (unavailable) {
                throw new DnsUnavailable(name, new RuntimeException());
            }
            return records.getOrDefault(name, List.of());
        }

        @Override
        public List<String> addresses(String name) {
            throw new AssertionError();
        }
    };

    private final Receivers receivers = new Receivers(
            dns,
            task -> {
                if (full) {
                    throw new RejectedExecutionException();
                }
                background.add(task);
            },
            clock);

    private void resolve() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }

    private void exchanger(String domain, String host) {
        records.put(domain, List.of(new Dns.Mx(10, host), new Dns.Mx(20, "other." + host)));
    }

    @ParameterizedTest
    @CsvSource({
        "gmail.com, google",
        "googlemail.com, google",
        "yahoo.com, yahoo",
        "yahoo.co.uk, yahoo",
        "yahoo.com.br, yahoo",
        "ymail.com, yahoo",
        "aol.com, yahoo",
        "hotmail.fr, outlook",
        "live.co.uk, outlook",
        "msn.com, outlook",
        "me.com, icloud",
        "gmx.at, gmx",
        "web.de, gmx",
        "live.example.org, live.example.org",
        "yahoo.example.com, yahoo.example.com"
    })
    void knowsTheBigOnesWithoutAsking(String domain, String receiver) {
        assertThat(receivers.of(domain)).isEqualTo(receiver);
    }

    @Test
    void asksNobodyAboutTheBigOnes() {
        receivers.of("gmail.com");
        receivers.of("gmail.com");
        assertThat(background).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "aspmx.l.google.com, google",
        "alt1.aspmx.l.google.com, google",
        "acme-com.mail.protection.outlook.com, o365",
        "acme-com.x-v1.mx.microsoft, o365",
        "outlook-com.olc.protection.outlook.com, outlook",
        "mta5.am0.yahoodns.net, yahoo",
        "mx01.mail.icloud.com, icloud",
        "mx00.gmx.net, gmx",
        "mx1.hosting.example.net, example.net",
        "mx1.hosting.example.co.uk, example.co.uk",
        "mail.ngo, mail.ngo",
        "notgoogle.com, notgoogle.com"
    })
    void groupsByTheOwnerOfThePreferredExchanger(String host, String receiver) {
        exchanger("acme.example.org", host);

        assertThat(receivers.of("acme.example.org")).isEqualTo("acme.example.org");
        resolve();
        assertThat(receivers.of("acme.example.org")).isEqualTo(receiver);
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void domainWithoutMailIsItsOwnReceiver() {
        records.put("null.example.org", List.of(new Dns.Mx(0, "")));
        receivers.of("null.example.org");
        receivers.of("none.example.org");
        resolve();

        assertThat(receivers.of("null.example.org")).isEqualTo("null.example.org");
        assertThat(receivers.of("none.example.org")).isEqualTo("none.example.org");
    }

    @Test
    void asksAgainAfterADayAndKeepsToWhatItKnewUntilThen() {
        exchanger("acme.example.org", "aspmx.l.google.com");
        receivers.of("acme.example.org");
        resolve();
        clock.advance(Duration.ofHours(25));
        unavailable = true;

        assertThat(receivers.of("acme.example.org")).isEqualTo("google");
        resolve();
        assertThat(receivers.of("acme.example.org")).isEqualTo("google");
        assertThat(asked).isEqualTo(2);

        unavailable = false;
        exchanger("acme.example.org", "mx.example.net");
        clock.advance(Duration.ofMinutes(16));
        receivers.of("acme.example.org");
        resolve();
        assertThat(receivers.of("acme.example.org")).isEqualTo("example.net");
    }

    @Test
    void asksOncePerDomainWhileTheAnswerIsOut() {
        receivers.of("acme.example.org");
        receivers.of("acme.example.org");

        assertThat(background).hasSize(1);
    }

    @Test
    void goesOnWhenNoMoreQuestionsFit() {
        full = true;
        exchanger("acme.example.org", "mx.example.net");
        assertThat(receivers.of("acme.example.org")).isEqualTo("acme.example.org");

        full = false;
        receivers.of("acme.example.org");
        resolve();
        assertThat(receivers.of("acme.example.org")).isEqualTo("example.net");
    }
}
