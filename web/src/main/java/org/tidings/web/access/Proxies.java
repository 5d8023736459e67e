package org.tidings.web.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tidings.site.Network;

/**
 * Who a request comes from when proxies stand in front (SEC-26). What {@code X-Forwarded-For} and {@code X-Forwarded-Proto} say is
 * believed of the proxies in {@value #KEY} alone: everybody else can write there whatever they like.
 *
 * <p>Every proxy adds the address that it was asked from at the right end, so the list is read from there, and ends at the
 * first address that is no proxy of ours.
 */
@ApplicationScoped
public class Proxies {

    public static final String KEY = "tidings.http.trusted-proxies";

    private static final Logger CONSOLE = Logger.getLogger("org.tidings.console");
    private static final Pattern BRACKETS = Pattern.compile("\\[([^\\]]*)\\](:[0-9]{1,5})?");
    private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+):[0-9]{1,5}");
    private static final int MOST_HEADER_CHARS = 2_000;

    private final AtomicBoolean warned = new AtomicBoolean();

    private final List<Network> trusted;

    /** For CDI's proxy. */
    protected Proxies() {
        this(Optional.empty());
    }

    @Inject
    public Proxies(@ConfigProperty(name = KEY) Optional<String> configured) {
        List<Network> networks = new ArrayList<>();
        for (String entry : configured.orElse("").split(",", -1)) {
            if (!entry.isBlank()) {
                Network.of(entry.strip())
                        .ifPresentOrElse(
                                networks::add,
                                () -> CONSOLE.severe("WARNING: " + KEY + " has \"" + entry.strip()
                                        + "\", which is neither an address nor a network such as 10.0.0.0/8; it is"
                                        + " passed over."));
            }
        }
        trusted = List.copyOf(networks);
    }

    /** Whether it may be an entry of {@value #KEY}. */
    public static boolean isNetwork(String entry) {
        return Network.of(entry).isPresent();
    }

    /** The address of the person's machine, or of whoever stands in front of it that is not ours. */
    public String client(HttpServletRequest request) {
        String peer = Optional.ofNullable(request.getRemoteAddr()).orElse("");
        List<String> forwarded = Collections.list(request.getHeaders("X-Forwarded-For"));
        if (forwarded.isEmpty()) {
            return peer;
        }
        if (!isTrusted(peer)) {
            warnOnce(peer);
            return peer;
        }
        return beforeOurs(String.join(",", forwarded), peer);
    }

    /** Whether one of our proxies says that it was asked without TLS. */
    public boolean cameUnencrypted(HttpServletRequest request) {
        return "http".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"))
                && isTrusted(Optional.ofNullable(request.getRemoteAddr()).orElse(""));
    }

    private String beforeOurs(String forwarded, String peer) {
        String last = peer;
        String[] hops = forwarded
                .substring(Math.max(0, forwarded.length() - MOST_HEADER_CHARS))
                .split(",", -1);
        for (int i = hops.length - 1; i >= 0; i--) {
            Optional<String> hop = address(hops[i].strip());
            if (hop.isEmpty()) {
                return last;
            }
            last = hop.get();
            if (!isTrusted(last)) {
                return last;
            }
        }
        return last;
    }

    private boolean isTrusted(String address) {
        if (trusted.isEmpty()) {
            return false;
        }
        Optional<byte[]> bytes = Network.bytes(address);
        return bytes.isPresent() && trusted.stream().anyMatch(network -> network.contains(bytes.get()));
    }

    /** Without it the operator would learn from nothing that all visitors share the proxy's limits. */
    private void warnOnce(String peer) {
        if (warned.compareAndSet(false, true)) {
            CONSOLE.warning("WARNING: " + peer + " sends X-Forwarded-For, but is not in " + KEY
                    + ": its visitors count as one in all limits by network. If it is your proxy, add it.");
        }
    }

    private static Optional<String> address(String hop) {
        var brackets = BRACKETS.matcher(hop);
        var withPort = WITH_PORT.matcher(hop);
        String address = brackets.matches() ? brackets.group(1) : withPort.matches() ? withPort.group(1) : hop;
        return Network.bytes(address).map(bytes -> address);
    }
}
