package org.tidings.web.config;

import com.ibm.icu.text.IDNA;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address under which people reach the site: scheme, host and, if it must be, port. Tidings has the host for itself: its cookies
 * are the host's ({@code __Host-}), its pages link from the root.
 */
final class PublicUrl {

    static final String EXPECTED =
            "an address such as https://news.example.org: http or https, a host, perhaps a port, and no path";

    private static final IDNA IDNA_2008 = IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ | IDNA.USE_STD3_RULES);
    private static final Pattern PARTS =
            Pattern.compile("(?i)(https?)://([^/?#@:\\[\\]]+|\\[[0-9a-f:.]+\\])(:[0-9]{1,5})?/?");
    private static final int HIGHEST_PORT = 65_535;

    private PublicUrl() {}

    /**
     * The same with its host in A-labels, in small letters, without a slash at the end.
     *
     * @throws IllegalArgumentException if it is none
     */
    static String parse(String text) {
        Matcher parts = PARTS.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(text);
        }
        String port = parts.group(3) == null ? "" : parts.group(3);
        if (port.length() > 1 && Integer.parseInt(port.substring(1)) > HIGHEST_PORT) {
            throw new IllegalArgumentException(text);
        }
        String address = parts.group(1).toLowerCase(Locale.ROOT) + "://" + ascii(parts.group(2)) + port;
        try {
            if (new URI(address).getHost() == null) {
                throw new IllegalArgumentException(text);
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(text, e);
        }
        return address;
    }

    private static String ascii(String host) {
        if (host.startsWith("[")) {
            return host.toLowerCase(Locale.ROOT);
        }
        var info = new IDNA.Info();
        String ascii = IDNA_2008.nameToASCII(host, new StringBuilder(), info).toString();
        if (info.hasErrors()) {
            throw new IllegalArgumentException(host);
        }
        return ascii;
    }
}
