package org.tidings.mail.internal.dns;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tidings.site.ConfigurationKey;
import org.tidings.site.Expected;

/** Which name servers are asked. */
public record DnsSettings(String providerUrl) {

    private static final Pattern ADDRESS =
            Pattern.compile("(?:[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");

    public static final ConfigurationKey SERVER = new ConfigurationKey(
            "tidings.dns.server",
            "",
            "Name servers to ask for DKIM, SPF, DMARC and MX: addresses divided by commas, 192.0.2.53 or 192.0.2.53:5353; unset,"
                    + " those of the machine.",
            false,
            Expected.listOf(Expected.matching(
                    "a name server's address, such as 192.0.2.53:5353",
                    value -> ADDRESS.matcher(value).matches())));

    public static DnsSettings read(Function<String, Optional<String>> configuration) {
        String servers = configuration.apply(SERVER.name()).map(String::strip).orElse(SERVER.fallback());
        if (servers.isEmpty()) {
            return new DnsSettings("dns:");
        }
        List<String> all =
                Arrays.stream(servers.split(",", -1)).map(String::strip).toList();
        if (!all.stream().allMatch(server -> ADDRESS.matcher(server).matches())) {
            throw new IllegalArgumentException(SERVER.name() + " must be addresses divided by commas");
        }
        return new DnsSettings(all.stream().map(server -> "dns://" + server).collect(Collectors.joining(" ")));
    }

    public Dns dns() {
        return new JndiDns(providerUrl);
    }
}
