package org.tidings.mail.internal.returned.webhooks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the certificates that Amazon SNS signs with. Only addresses of SNS itself are asked ({@link SnsWebhook} sees to it), over HTTPS
 * whose own certificate chain and host name are checked, without following redirects; and the certificate must be issued to the very
 * host or to sns.amazonaws.com and be within its dates. Amazon's file has the one certificate without those that vouch for it, so it is
 * believed because of the connection that it came over.
 *
 * <p>Whoever may post here can name addresses as they like: few that fail are asked in a minute and few at once, and whoever comes
 * meanwhile is refused, which Amazon takes as a reason to come again. Thread-safe.
 */
public final class SnsCertificates implements Function<URI, Optional<PublicKey>> {
    private static final int BYTES_AT_MOST = 64 * 1024;
    private static final int CERTIFICATES_AT_MOST = 50;
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Duration ASK_AGAIN = Duration.ofMinutes(1);
    private static final int FAILURES_AT_MOST = 10;
    private static final int AT_ONCE = 2;
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,]{1,253})(?:,|$)");

    private final Clock clock;
    private final Map<URI, X509Certificate> known = new ConcurrentHashMap<>();
    /** Those of the last minute. */
    private final Map<URI, Instant> failed = new ConcurrentHashMap<>();

    private final Semaphore fetching = new Semaphore(AT_ONCE);
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
        X509Certificate certificate = known.get(address);
        if (certificate == null) {
            certificate = fetched(address, now);
        }
        return certificate != null && isInForce(certificate, now)
                ? Optional.of(certificate.getPublicKey())
                : Optional.empty();
    }

    private @Nullable X509Certificate fetched(URI address, Instant now) {
        failed.values().removeIf(at -> !at.plus(ASK_AGAIN).isAfter(now));
        if (failed.containsKey(address) || failed.size() >= FAILURES_AT_MOST || !fetching.tryAcquire()) {
            return null;
        }
        try {
            X509Certificate certificate = read(http.get(address), address.getHost());
            if (known.size() >= CERTIFICATES_AT_MOST) {
                known.clear();
            }
            known.put(address, certificate);
            return certificate;
        } catch (IOException | GeneralSecurityException unusable) {
            failed.put(address, now);
            return null;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            fetching.release();
        }
    }

    private static boolean isInForce(X509Certificate certificate, Instant now) {
        try {
            certificate.checkValidity(Date.from(now));
            return true;
        } catch (CertificateException outOfItsDates) {
            return false;
        }
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

    /** Confirms a subscription that {@link SnsWebhook#isGenuine} and {@link SnsWebhook#subscribeUrl} found to be SNS's own. */
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
