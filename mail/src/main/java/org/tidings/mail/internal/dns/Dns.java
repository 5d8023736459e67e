package org.tidings.mail.internal.dns;

import java.util.List;

/**
 * The domain name system. An empty list is an answer ("there is none"); {@link DnsUnavailable} is none. Names are A-labels
 * without the dot at the end.
 */
public interface Dns {

    /** The TXT records, the character strings of each joined without a space (RFC 7208 section 3.3). */
    List<String> txt(String name);

    /** The mail exchangers, the preferred one first; a null MX (RFC 7505) has the host "". */
    List<Mx> mx(String name);

    /** IPv4 and IPv6 addresses as text. */
    List<String> addresses(String name);

    /** One mail exchanger. */
    record Mx(int preference, String host) {}

    /** There was no answer: time-out, refused, server failure. Asking later may help. */
    final class DnsUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public DnsUnavailable(String name, Throwable cause) {
            super("no answer from DNS for " + name, cause);
        }
    }
}
