package org.tidings.web.start;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.tidings.accounts.FirstAdministrator;
import org.tidings.mail.LocalMailbox;
import org.tidings.site.DatabaseAddress;
import org.tidings.web.SiteSettings;
import org.tidings.web.access.MailboxKey;
import org.tidings.web.access.ThisMachine;
import org.tidings.web.config.EffectiveConfiguration;

/**
 * What the operator reads when Tidings has started.
 *
 * <p>Logged to {@code org.tidings.console}, which tidings.jar prints to the terminal and keeps out of the log file, because
 * it may hold the first administrator's link.
 */
@ApplicationScoped
class StartReport {

    private static final Logger CONSOLE = Logger.getLogger("org.tidings.console");

    @Inject
    private EffectiveConfiguration configuration;

    @Inject
    private jakarta.enterprise.inject.Instance<LocalMailbox> mailbox;

    @Inject
    private SiteSettings settings;

    @Inject
    private MailboxKey mailboxKey;

    @Inject
    private FirstAdministrator firstAdministrator;

    /** The whole of it, once. */
    void started(Database database) {
        var text = new StringBuilder("\n");
        Config config = ConfigProvider.getConfig();
        String site = settings.publicUrl().toString();
        line(text, "Tidings", site);
        if (database.isMigrated()) {
            links(text, site);
        } else {
            line(text, "NOT READY", database.trouble().orElse(""));
        }
        line(text, "Database", DatabaseAddress.of(config).toString().replaceAll(";.*", ""));
        Path data = Path.of(config.getOptionalValue("tidings.data.dir", String.class)
                        .orElse("./data"))
                .toAbsolutePath()
                .normalize();
        line(text, "Data folder", data + ", logs in " + data.resolve("log"));
        text.append("\nConfiguration (* differs from the default)\n");
        configuration.lines().forEach(line -> text.append("  ").append(line).append('\n'));
        for (String unknown : configuration.unknown()) {
            text.append("WARNING: ")
                    .append(unknown)
                    .append(" is set, but there is no such key.")
                    .append(configuration
                            .nearest(unknown)
                            .map(key -> " Is " + key + " meant?")
                            .orElse(""))
                    .append('\n');
        }
        text.append(String.format(
                Locale.ROOT,
                "\n%s after %.1f s. Stop with Ctrl-C.",
                database.isMigrated() ? "Ready" : "Started, but not ready,",
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0));
        CONSOLE.info(text.toString());
    }

    /** The database was not there at the start, and now it is. */
    void becameReady() {
        var text = new StringBuilder("The database answers now: ready.\n");
        links(text, settings.publicUrl().toString());
        CONSOLE.info(text.toString());
    }

    private void links(StringBuilder text, String site) {
        firstAdministrator
                .newToken()
                .ifPresent(token -> line(
                        text,
                        "Administrator",
                        site + "/setup/" + token + " (become the first one; works for an hour)"));
        if (mailbox.isResolvable() && mailbox.get().inUse()) {
            line(
                    text,
                    "Mailbox",
                    settings.mailboxIsOpen()
                            ? mailboxAddress(site) + " (no mail server is set, so mails are kept here)"
                            : "closed, for the site has a public address: NO MAIL LEAVES until tidings.smtp.url is set");
        }
    }

    /** It opens at this machine alone, whatever the site's own address is. */
    private String mailboxAddress(String site) {
        String here = ThisMachine.isAllOf(settings)
                ? site
                : "http://localhost:"
                        + ConfigProvider.getConfig()
                                .getOptionalValue("tidings.http.port", String.class)
                                .orElse("8080");
        return here + "/mailbox/key/" + mailboxKey.value();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("  %-14s %s%n", name, value));
    }
}
