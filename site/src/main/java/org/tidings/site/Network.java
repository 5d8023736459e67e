package org.tidings.site;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses of IPv4 or IPv6 that share their first bits: {@code 10.0.0.0/8}, or one address alone. Names are none, since they would be looked up. */
public final class Network {

    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private static final int IPV4_BYTES = 4;

    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /** Empty where it is neither a network nor an address. */
    public static Optional<Network> of(String text) {
        int slash = text.indexOf('/');
        return bytes(slash < 0 ? text : text.substring(0, slash)).flatMap(address -> {
            try {
                int bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
                return bits >= 0 && bits <= address.length * 8
                        ? Optional.of(new Network(address, bits))
                        : Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    /** The address that this says, if it says one. */
    public static Optional<byte[]> bytes(String literal) {
        if (!LITERAL.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(literal).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** The part of an address that one customer of a provider usually holds, /24 of IPv4 and /56 of IPv6 (SEC-21); "unknown" for what is no address. */
    public static String ofCustomer(String address) {
        try {
            byte[] bytes = bytes(address).orElse(new byte[0]);
            if (bytes.length == 0) {
                return "unknown";
            }
            Arrays.fill(bytes, bytes.length == IPV4_BYTES ? 3 : 7, bytes.length, (byte) 0);
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    public boolean contains(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        int whole = bits / 8;
        int mask = 0xff00 >> (bits % 8) & 0xff;
        return Arrays.equals(address, 0, whole, other, 0, whole)
                && (mask == 0 || (address[whole] & mask) == (other[whole] & mask));
    }
}
