package org.tidings.mail.internal.returned;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fetches the certificates that Amazon SNS signs with. Only addresses of SNS itself are asked ({@link Webhooks} sees to it), over HTTPS
 * whose own certificate chain and host name are checked, without following redirects; and the certificate must be issued to the very
 * host or to sns.amazonaws.com and be within its dates. Thread-safe.
 */
public final class SnsCertificates implements Function<URI, Optional<PublicKey>> {
    private static final int BYTES_AT_MOST = 64 * 1024;
    private static final int CERTIFICATES_AT_MOST = 50;
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Duration ASK_AGAIN = Duration.ofMinutes(1);
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,]{1,253})(?:,|$)");

    private final Clock clock;
    private final Map<URI, X509Certificate> known = new ConcurrentHashMap<>();
    private final Map<URI, Instant> failed = new ConcurrentHashMap<>();
    private final Http http;

    /** The one thing that goes out: a GET. */
    @FunctionalInterface
    interface Http {
        byte[] get(URI address) throws IOException, InterruptedException;
    }

    public SnsCertificates(Clock clock) {
        this(clock, SnsCertificates::get);
    }

    SnsCertificates(Clock clock, Http http) {
        this.clock = clock;
        this.http = http;
    }

    @Override
    public Optional<PublicKey> apply(URI address) {
        Instant now = clock.instant();
        Instant lastFailure = failed.get(address);
        if (lastFailure != null && lastFailure.plus(ASK_AGAIN).isAfter(now)) {
            return Optional.empty();
        }
        try {
            X509Certificate certificate = known.get(address);
            if (certificate == null) {
                certificate = read(http.get(address), address.getHost());
                if (known.size() >= CERTIFICATES_AT_MOST) {
                    known.clear();
                }
                known.put(address, certificate);
            }
            certificate.checkValidity(Date.from(now));
            return Optional.of(certificate.getPublicKey());
        } catch (IOException | GeneralSecurityException unusable) {
            remember(address, now);
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void remember(URI address, Instant now) {
        if (failed.size() >= CERTIFICATES_AT_MOST) {
            failed.clear();
        }
        failed.put(address, now);
    }

    private static X509Certificate read(byte[] pem, String host) throws GeneralSecurityException {
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        Matcher name = COMMON_NAME.matcher(certificate.getSubjectX500Principal().getName());
        if (!name.find() || !(name.group(1).equals(host) || name.group(1).equals("sns.amazonaws.com"))) {
            throw new GeneralSecurityException("issued to somebody else");
        }
        return certificate;
    }

    /** Confirms a subscription that {@link Webhooks#isGenuineSns} and {@link Webhooks#snsSubscribeUrl} found to be SNS's own. */
    public void confirm(URI subscribeUrl) throws IOException, InterruptedException {
        http.get(subscribeUrl);
    }

    private static byte[] get(URI address) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(WAIT)
                .build();
        HttpResponse<InputStream> response = client.send(
                HttpRequest.newBuilder(address).timeout(WAIT).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(BYTES_AT_MOST);
            if (response.statusCode() != 200) {
                throw new IOException("answered " + response.statusCode());
            }
            return bytes;
        }
    }
}
