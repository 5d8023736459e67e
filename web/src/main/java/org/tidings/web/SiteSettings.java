package org.tidings.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tidings.site.ConfigurationKey;
import org.tidings.site.Expected;
import org.tidings.site.Site;
import org.tidings.site.Theme;
import org.tidings.web.access.ThisMachine;

/** What pages say about the site itself. */
@ApplicationScoped
public class SiteSettings {
    @Inject
    Site site;

    @Inject
    @ConfigProperty(name = "tidings.mailbox")
    Optional<String> mailbox;

    @Inject
    @ConfigProperty(name = "tidings.forms.origins")
    Optional<String> formOrigins;

    @Inject
    @ConfigProperty(name = "tidings.theme")
    Optional<String> theme;

    /** Origin and path under which people reach the site, without a slash at the end. */
    public URI publicUrl() {
        return URI.create(site.publicUrl());
    }

    public String name() {
        return site.name();
    }

    /** The zone that pages show times in, beside its name. */
    public ZoneId zone() {
        return site.zone();
    }

    /** Whether the mails that stay on this machine may be read at it: unless told so, only while nobody else has an address for the site. */
    public boolean mailboxIsOpen() {
        return ThisMachine.isAllOf(this) || mailbox.filter("on"::equals).isPresent();
    }

    /** Origins of sites whose forms may ask for a subscription at once, in lower case. */
    public Set<String> formOrigins() {
        return formOrigins.stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .map(origin -> origin.strip().toLowerCase(Locale.ROOT))
                .filter(origin -> !origin.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The colours and fonts of pages. */
    public Theme theme() {
        return Theme.named(theme.orElse(Theme.KEY.fallback()));
    }

    /** Where questions about privacy go (P12). */
    public String privacyAddress() {
        return site.privacyAddress();
    }

    private static boolean isOrigin(String value) {
        try {
            URI origin = URI.create(value);
            return Set.of("http", "https")
                            .contains(String.valueOf(origin.getScheme()).toLowerCase(Locale.ROOT))
                    && origin.getHost() != null
                    && origin.getRawUserInfo() == null
                    && origin.getRawPath().isEmpty()
                    && origin.getRawQuery() == null
                    && origin.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Produces
    static ConfigurationKey.Keys keys() {
        return new ConfigurationKey.Keys(List.of(
                Theme.KEY,
                new ConfigurationKey(
                        "tidings.forms.origins",
                        "",
                        "Sites whose forms may ask for a subscription at once, divided by commas, such as https://www.example.org; a visitor of another one presses the button once more here.",
                        false,
                        Expected.listOf(Expected.matching(
                                "the origin of a site, such as https://www.example.org", SiteSettings::isOrigin)))));
    }
}
