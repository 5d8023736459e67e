package org.tidings.site;

import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * The site that this is. What is configured wrongly is refused at the start by its name, so that nothing here is looked at before it is
 * asked for.
 *
 * @param publicUrl origin under which people reach the site, without a slash at the end; never made from a request (SEC-25)
 * @param name as it stands on pages and in mails
 * @param saidZone the name of a time zone, unless it is the machine's
 * @param saidPrivacyAddress where questions about privacy go, unless it is the usual one
 */
public record Site(String publicUrl, String name, Optional<String> saidZone, Optional<String> saidPrivacyAddress) {

    private static final String PUBLIC_URL = "tidings.public.url";
    private static final String LOCAL = "http://localhost:8080";

    private static final ConfigurationKey NAME = new ConfigurationKey(
            "tidings.site.name", "Tidings", "Name of the site on pages and in mails.", false, Expected.line(100));
    private static final ConfigurationKey ZONE = new ConfigurationKey(
            "tidings.site.zone",
            "",
            "Time zone of times on pages, and of sending hours for who has not said another, as Europe/Berlin; the machine's if unset.",
            false,
            Expected.timeZone());
    private static final ConfigurationKey PRIVACY_ADDRESS = new ConfigurationKey(
            "tidings.privacy.address",
            "",
            "Mail address for questions about privacy; privacy@ the host of the public address if unset.",
            false,
            Expected.mailAddress());

    /** What is configured of it. The public address is described with the server's keys. */
    public static final ConfigurationKey.Keys KEYS = new ConfigurationKey.Keys(List.of(NAME, ZONE, PRIVACY_ADDRESS));

    public Site {
        publicUrl = publicUrl.replaceAll("/+$", "");
    }

    /** With the machine's zone and the usual address for privacy. */
    public Site(String publicUrl, String name) {
        this(publicUrl, name, Optional.empty(), Optional.empty());
    }

    public static Site of(Config config) {
        return new Site(
                config.getOptionalValue(PUBLIC_URL, String.class).orElse(LOCAL),
                config.getOptionalValue(NAME.name(), String.class).orElse(NAME.fallback()),
                config.getOptionalValue(ZONE.name(), String.class),
                config.getOptionalValue(PRIVACY_ADDRESS.name(), String.class));
    }

    /** The address of this path, which begins with a slash. */
    public String url(String path) {
        return publicUrl + path;
    }

    /** Of the public address, in small letters. */
    public String host() {
        String host = URI.create(publicUrl).getHost();
        return host == null ? "localhost" : host.toLowerCase(Locale.ROOT);
    }

    /** The zone that times are shown in to who has not said another. */
    public ZoneId zone() {
        return saidZone.map(ZoneId::of).orElseGet(ZoneId::systemDefault);
    }

    /** Where questions about privacy go (P12). */
    public String privacyAddress() {
        return saidPrivacyAddress.orElseGet(() -> "privacy@" + host());
    }
}
