package org.tidings.mail.internal.signing.dkim;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.mail.internal.dns.Dns;

/** Whether a key's public half stands in DNS, where receivers look for it. */
public final class DkimPublication {

    /** What DNS says about a key. */
    public enum State {
        /** Receivers can verify. */
        PUBLISHED,
        /** No record. */
        MISSING,
        /** A record without a key: receivers fail every signature. */
        REVOKED,
        /** Another key stands there. */
        DIFFERENT,
        /** Something stands there that is no DKIM record, or more than one. */
        MALFORMED,
        /** DNS did not answer. */
        UNKNOWN
    }

    private final Dns dns;

    public DkimPublication(Dns dns) {
        this.dns = dns;
    }

    /** Looks the key up, see {@link State}. */
    public State of(DkimKey key) {
        List<String> records;
        try {
            records = dns.txt(key.recordName());
        } catch (Dns.DnsUnavailable silent) {
            return State.UNKNOWN;
        }
        if (records.isEmpty()) {
            return State.MISSING;
        }
        Optional<Map<String, String>> tags = records.size() == 1 ? tags(records.get(0)) : Optional.empty();
        if (tags.isEmpty()
                || !"DKIM1".equals(tags.get().getOrDefault("v", "DKIM1"))
                || !tags.get().containsKey("p")) {
            return State.MALFORMED;
        }
        String published = tags.get().getOrDefault("p", "");
        if (published.isEmpty()) {
            return State.REVOKED;
        }
        String type = tags.get().getOrDefault("k", "rsa").toLowerCase(Locale.ROOT);
        return type.equals(key.algorithm().keyType()) && published.equals(key.publicKey())
                ? State.PUBLISHED
                : State.DIFFERENT;
    }

    /** A tag list (RFC 6376 section 3.2); white space is dropped, since no value that counts here holds any. */
    static Optional<Map<String, String>> tags(String record) {
        Map<String, String> tags = new HashMap<>();
        for (String pair : record.split(";", -1)) {
            if (pair.isBlank()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals < 1) {
                return Optional.empty();
            }
            String value = pair.substring(equals + 1).replaceAll("\\s", "");
            if (tags.put(pair.substring(0, equals).strip(), value) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(tags);
    }
}
