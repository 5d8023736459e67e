package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tidings.announcements.internal.settings.AnnouncementsDb;
import org.tidings.announcements.internal.settings.Settings;
import org.tidings.site.ConfigurationKey;
import org.tidings.site.Expected;
import org.tidings.site.JdbcTransactions;
import org.tidings.site.ModuleSchema;
import org.tidings.site.Site;

/** What the module needs from its surroundings, and what it tells them. */
@ApplicationScoped
class Configuration {

    private static final String LINK_HOSTS = "tidings.announcements.link.hosts";
    private static final String UNDO_MINUTES = "tidings.announcements.undo.minutes";
    private static final String MONTHLY_LIMIT = "tidings.announcements.monthly.limit";
    private static final String BANNER_HOURS = "tidings.announcements.banner.hours";
    private static final String NOTICE_DAYS = "tidings.policies.notice.days";

    @Inject
    JdbcTransactions transactions;

    @Inject
    Site site;

    @Inject
    @ConfigProperty(name = LINK_HOSTS)
    Optional<String> linkHosts;

    @Inject
    @ConfigProperty(name = UNDO_MINUTES, defaultValue = "10")
    String undoMinutes;

    @Inject
    @ConfigProperty(name = MONTHLY_LIMIT, defaultValue = "4")
    String monthlyLimit;

    @Inject
    @ConfigProperty(name = BANNER_HOURS, defaultValue = "72")
    String bannerHours;

    @Inject
    @ConfigProperty(name = NOTICE_DAYS, defaultValue = "30")
    String noticeDays;

    @Produces
    @Dependent
    @AnnouncementsDb
    EntityManager database() {
        return transactions.entityManager("announcements");
    }

    @Produces
    @Dependent
    Settings settings() {
        return new Settings(
                site,
                Settings.hosts(linkHosts.orElse("")),
                // Texts until here: a wrong one is said by its name when the application starts, not when it is wired.
                Integer.parseInt(undoMinutes.strip()),
                Integer.parseInt(monthlyLimit.strip()),
                Integer.parseInt(bannerHours.strip()),
                Integer.parseInt(noticeDays.strip()));
    }

    @Produces
    @Dependent
    ModuleSchema schema() {
        return new ModuleSchema("announcements", "db/announcements");
    }

    @Produces
    @Dependent
    static ConfigurationKey.Keys keys() {
        return new ConfigurationKey.Keys(List.of(
                new ConfigurationKey(
                        LINK_HOSTS,
                        "",
                        "Hosts that announcements may link to besides the site's own, divided by commas: status.example.com.",
                        false,
                        Expected.listOf(Expected.domain())),
                new ConfigurationKey(
                        UNDO_MINUTES,
                        "10",
                        "Minutes within which a published announcement can be taken back before anybody gets it, 0 to 60.",
                        false,
                        Expected.wholeNumber(0, Validation.MAX_UNDO_MINUTES)),
                new ConfigurationKey(
                        MONTHLY_LIMIT,
                        "4",
                        "Announcements in 30 days that need no special reason; a further one asks for it.",
                        false,
                        Expected.wholeNumber(0, 1_000)),
                new ConfigurationKey(
                        BANNER_HOURS,
                        "72",
                        "Hours before a maintenance window from which every page shows it.",
                        false,
                        Expected.wholeNumber(0, 8_760)),
                new ConfigurationKey(
                        NOTICE_DAYS,
                        "30",
                        "Days between telling everybody of a new policy version and its effect.",
                        false,
                        Expected.wholeNumber(0, 365))));
    }
}
