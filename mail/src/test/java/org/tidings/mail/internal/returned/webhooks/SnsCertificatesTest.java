package org.tidings.mail.internal.returned.webhooks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.mail.testing.MovableClock;

class SnsCertificatesTest {
    private static final URI ADDRESS =
            URI.create("https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem");
    private static final String PASSWORD = "changeit";

    /** A process for each. */
    private static final Map<String, byte[]> MADE = new ConcurrentHashMap<>();

    @TempDir
    private Path folder;

    private final MovableClock clock = MovableClock.standing();
    private final AtomicInteger asked = new AtomicInteger();

    @SuppressWarnings("NullAway.Init") // set by JUnit
    SnsCertificatesTest() {}

    @Test
    void takesOnlyACertificateIssuedToSnsAndInItsDates() throws Exception {
        assertThat(certificates(pem("sns.amazonaws.com")).apply(ADDRESS)).isPresent();
        assertThat(certificates(pem("sns.eu-west-1.amazonaws.com")).apply(ADDRESS))
                .isPresent();
        assertThat(certificates(pem("sns.amazonaws.com.evil.example")).apply(ADDRESS))
                .isEmpty();
        assertThat(certificates(pem("evil.example")).apply(ADDRESS)).isEmpty();
        assertThat(certificates("no certificate".getBytes(US_ASCII)).apply(ADDRESS))
                .isEmpty();
        SnsCertificates later = certificates(pem("sns.amazonaws.com"));
        clock.advance(Duration.ofDays(400));
        assertThat(later.apply(ADDRESS)).isEmpty();
    }

    @Test
    void asksOnceAndDoesNotHammerWhereItFailed() throws Exception {
        SnsCertificates good = certificates(pem("sns.amazonaws.com"));
        good.apply(ADDRESS);
        good.apply(ADDRESS);
        assertThat(asked).hasValue(1);

        SnsCertificates broken = new SnsCertificates(clock, address -> {
            asked.incrementAndGet();
            throw new IOException("away");
        });
        broken.apply(ADDRESS);
        broken.apply(ADDRESS);
        assertThat(asked).hasValue(2);
        clock.advance(Duration.ofMinutes(2));
        broken.apply(ADDRESS);
        assertThat(asked).hasValue(3);
    }

    @Test
    void manyAddressesThatFailAreNotAllAsked() throws Exception {
        byte[] good = pem("sns.amazonaws.com");
        SnsCertificates certificates = new SnsCertificates(clock, address -> {
            asked.incrementAndGet();
            if (address.equals(ADDRESS)) {
                return good;
            }
            throw new IOException("not found");
        });
        for (int i = 0; i < 100; i++) {
            certificates.apply(URI.create("https://sns.eu-west-1.amazonaws.com/made-up-" + i + ".pem"));
        }

        assertThat(asked).hasValue(10);
        assertThat(certificates.apply(ADDRESS)).isEmpty();
        clock.advance(Duration.ofSeconds(61));
        assertThat(certificates.apply(ADDRESS)).as("when Amazon comes again").isPresent();
    }

    @Test
    void slowAnswersKeepFewWaiting() throws Exception {
        CountDownLatch bothAsk = new CountDownLatch(2);
        CountDownLatch answer = new CountDownLatch(1);
        SnsCertificates certificates = new SnsCertificates(clock, address -> {
            asked.incrementAndGet();
            bothAsk.countDown();
            assertThat(answer.await(10, TimeUnit.SECONDS)).isTrue();
            throw new IOException("away");
        });
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            URI slow = URI.create("https://sns.eu-west-1.amazonaws.com/slow-" + i + ".pem");
            Thread thread = new Thread(() -> certificates.apply(slow));
            thread.start();
            waiting.add(thread);
        }
        assertThat(bothAsk.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(certificates.apply(ADDRESS)).as("is not waited for").isEmpty();
        assertThat(asked).hasValue(2);

        answer.countDown();
        for (Thread thread : waiting) {
            thread.join(20_000);
        }
    }

    private SnsCertificates certificates(byte[] served) {
        return new SnsCertificates(clock, address -> {
            asked.incrementAndGet();
            return served;
        });
    }

    /** Issued by the JDK's own tool, in force from a day before the test's clock for a year. */
    private byte[] pem(String name) throws Exception {
        byte[] made = MADE.get(name);
        if (made == null) {
            made = issued(name);
            MADE.put(name, made);
        }
        return made;
    }

    private byte[] issued(String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Duration from = Duration.between(java.time.Clock.systemUTC().instant(), clock.instant());
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "sns",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name + ",O=Example",
                        "-startdate",
                        String.format("%+dd", from.toDays() - 1),
                        "-validity",
                        "365",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(store).as(Files.readString(folder.resolve("keytool.log"))).exists();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Certificate certificate = keys.getCertificate("sns");
        return ("-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n")
                .getBytes(US_ASCII);
    }
}
