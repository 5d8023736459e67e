package org.tidings.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tidings.site.ConfigurationKey;
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

    /** The colours and fonts of pages. */
    public Theme theme() {
        return Theme.named(theme.orElse(Theme.KEY.fallback()));
    }

    /** Where questions about privacy go (P12). */
    public String privacyAddress() {
        return site.privacyAddress();
    }

    @Produces
    static ConfigurationKey.Keys keys() {
        return new ConfigurationKey.Keys(List.of(Theme.KEY));
    }
}
