package org.tidings.launcher;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.jspecify.annotations.Nullable;

/**
 * Who a connection is for: its peer (of IPv6 its network of 64 bits), or whom one of the site's proxies names last in {@code X-Forwarded-For}. For counting only; whom the
 * application takes a visitor for is its own business.
 */
final class Clients {

    private static final String TRUSTED = "tidings.http.trusted-proxies";

    /** Addresses that share their first bits. */
    private record Network(byte[] address, int bits) {

        static Optional<Network> of(String text) {
            String[] parts = text.strip().split("/", 2);
            if (!parts[0].matches("[0-9A-Fa-f:.]+")) {
                return Optional.empty(); // a name would be looked up
            }
            try {
                byte[] address = InetAddress.getByName(parts[0]).getAddress();
                int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : address.length * 8;
                return bits < 0 || bits > address.length * 8
                        ? Optional.empty()
                        : Optional.of(new Network(address, bits));
            } catch (UnknownHostException | NumberFormatException e) {
                return Optional.empty();
            }
        }

        boolean contains(byte[] other) {
            int whole = bits / 8;
            int mask = 0xff00 >> (bits % 8) & 0xff;
            return other.length == address.length
                    && Arrays.equals(address, 0, whole, other, 0, whole)
                    && (mask == 0 || (address[whole] & mask) == (other[whole] & mask));
        }
    }

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_PREFIX_BYTES = 8;

    private final List<Network> proxies;

    Clients(Settings settings) {
        proxies = settings.find(TRUSTED).stream()
                .flatMap(all -> Stream.of(all.split(",", -1)))
                .flatMap(each -> Network.of(each).stream())
                .toList();
    }

    String of(Connection<?> connection, HttpRequestPacket request) {
        InetAddress peer = peer(connection);
        if (peer == null) {
            return "";
        }
        String forwarded = request.getHeader("X-Forwarded-For");
        return forwarded == null || !isProxy(peer)
                ? named(peer)
                : forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
    }

    /** The peer, where it is no proxy of the site's: a proxy's connections are its clients'. */
    Optional<String> direct(Connection<?> connection) {
        return Optional.ofNullable(peer(connection))
                .filter(peer -> !isProxy(peer))
                .map(Clients::named);
    }

    /** Of IPv6 the first 64 bits: one host has all the rest. */
    private static String named(InetAddress peer) {
        byte[] address = peer.getAddress();
        return address.length == IPV4_BYTES
                ? peer.getHostAddress()
                : HexFormat.of().formatHex(address, 0, IPV6_PREFIX_BYTES);
    }

    private boolean isProxy(InetAddress peer) {
        return proxies.stream().anyMatch(proxy -> proxy.contains(peer.getAddress()));
    }

    private static @Nullable InetAddress peer(Connection<?> connection) {
        return connection.getPeerAddress() instanceof InetSocketAddress peer ? peer.getAddress() : null;
    }
}
