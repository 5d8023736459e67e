package org.tidings.newsletter.internal.webhooks;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import org.tidings.newsletter.WebhookRejected;
import org.tidings.newsletter.WebhookRejected.Reason;

/**
 * Where a webhook leads, resolved once: what was looked at is what is connected to, so that a name cannot say one thing to the check and
 * another to the connection. Nothing leads into networks that are not public: this server stands in one, and its neighbours trust it.
 */
record Target(URI uri, InetAddress address) {

    private static final int LONGEST = 2_000;
    private static final int HTTPS = 443;
    private static final int FIRST_FREE_PORT = 1_024;

    /** Finds out addresses; tests say what they find. */
    interface Names {
        InetAddress[] all(String host) throws UnknownHostException;
    }

    int port() {
        return uri.getPort() > 0 ? uri.getPort() : isSecure() ? HTTPS : 80;
    }

    boolean isSecure() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** Path and query, as the request line has them. */
    String path() {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** As the Host header has it. */
    String host() {
        return uri.getPort() > 0 ? uri.getHost() + ":" + uri.getPort() : uri.getHost();
    }

    /** The name for the certificate; of an address without its brackets. */
    String name() {
        return uri.getHost().replaceAll("[\\[\\]]", "");
    }

    /**
     * @param lenient plain http and any network may be named: for tests and for programs beside this one
     * @throws WebhookRejected with the reason
     */
    static Target of(String url, boolean lenient, Names names) {
        URI uri = read(url);
        if (!"https".equalsIgnoreCase(uri.getScheme()) && !lenient) {
            throw new WebhookRejected(Reason.NOT_HTTPS);
        }
        int port = uri.getPort();
        if (!lenient && port > 0 && port != HTTPS && port < FIRST_FREE_PORT) {
            throw new WebhookRejected(Reason.NOT_PUBLIC);
        }
        InetAddress[] found = resolve(uri, names);
        for (InetAddress one : found) {
            if (!lenient && !isPublic(one)) {
                throw new WebhookRejected(Reason.NOT_PUBLIC);
            }
        }
        return new Target(uri, found[0]);
    }

    private static URI read(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new WebhookRejected(Reason.ADDRESS);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean usable = (scheme.equals("https") || scheme.equals("http"))
                && url.length() <= LONGEST
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null
                && uri.getPort() <= 65_535
                && url.chars().allMatch(c -> c > ' ' && c < 0x7F);
        if (!usable) {
            throw new WebhookRejected(Reason.ADDRESS);
        }
        return uri;
    }

    private static InetAddress[] resolve(URI uri, Names names) {
        try {
            InetAddress[] found = names.all(uri.getHost().replaceAll("[\\[\\]]", ""));
            if (found.length > 0) {
                return found;
            }
        } catch (UnknownHostException e) {
            // Said below.
        }
        throw new WebhookRejected(Reason.NAME_UNKNOWN);
    }

    /** Of the registries of IANA for special purposes: none of those that are not globally reachable, and no way round into one. */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] b = address.getAddress();
        return address instanceof Inet4Address ? isPublic4(b) : address instanceof Inet6Address && isPublic6(b);
    }

    private static boolean isPublic4(byte[] b) {
        int first = b[0] & 0xFF;
        int second = b[1] & 0xFF;
        int third = b[2] & 0xFF;
        boolean shared = first == 100 && second >= 64 && second < 128; // RFC 6598
        boolean special = (first == 192 && second == 0 && (third == 0 || third == 2))
                || (first == 198 && (second == 18 || second == 19 || (second == 51 && third == 100)))
                || (first == 203 && second == 0 && third == 113);
        return first != 0 && first < 240 && !shared && !special;
    }

    /** 2000::/3 without what carries an address of version 4, or is for documents and tests. */
    private static boolean isPublic6(byte[] b) {
        int first = ((b[0] & 0xFF) << 8) | (b[1] & 0xFF);
        int second = ((b[2] & 0xFF) << 8) | (b[3] & 0xFF);
        boolean global = (first & 0xE000) == 0x2000;
        boolean carrier = first == 0x2002 || (first == 0x2001 && second < 0x0200);
        boolean documents = (first == 0x2001 && second == 0x0DB8) || first == 0x3FFF;
        return global && !carrier && !documents;
    }
}
