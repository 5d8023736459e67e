package org.tidings.mail;

import java.util.Map;

/** Takes the reports that mail providers post. */
public interface ProviderReports {

    /** The largest report that is looked at, bytes. */
    int BYTES_AT_MOST = 2 * 1024 * 1024;

    enum Answer {
        /** Stored, or stored earlier: the provider may forget it. */
        KEPT,
        /** There is no provider of that name, or no key is configured for it. */
        OFF,
        /** The signature is wrong or too old. */
        REFUSED,
        /** It is genuine and holds more events than are read of one report, 2,000: nothing of it is stored. */
        TOO_MANY
    }

    /**
     * Checks the signature and stores the report, in a transaction of its own that has committed when this returns. The same body twice is
     * one report.
     *
     * @param provider {@code ses}, {@code sendgrid}, {@code postmark}, {@code mailgun}, or {@code generic}: whoever knows the shared
     *     secret, by {@code Tidings-Signature: t=<unix seconds>,v1=<hex of HMAC-SHA-256 over t, a dot and the body>}
     * @param headers by name in lower case
     * @param body at most {@value #BYTES_AT_MOST} bytes
     */
    Answer take(String provider, Map<String, String> headers, byte[] body);
}
