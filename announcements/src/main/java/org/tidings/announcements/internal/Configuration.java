package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tidings.site.ConfigurationKey;
import org.tidings.site.JdbcTransactions;
import org.tidings.site.ModuleSchema;

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
    @ConfigProperty(name = "tidings.public.url", defaultValue = "http://localhost:8080")
    String publicUrl;

    @Inject
    @ConfigProperty(name = "tidings.site.name")
    Optional<String> siteName;

    @Inject
    @ConfigProperty(name = LINK_HOSTS)
    Optional<String> linkHosts;

    @Inject
    @ConfigProperty(name = UNDO_MINUTES, defaultValue = "10")
    int undoMinutes;

    @Inject
    @ConfigProperty(name = MONTHLY_LIMIT, defaultValue = "4")
    int monthlyLimit;

    @Inject
    @ConfigProperty(name = BANNER_HOURS, defaultValue = "72")
    int bannerHours;

    @Inject
    @ConfigProperty(name = NOTICE_DAYS, defaultValue = "30")
    int noticeDays;

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
                publicUrl,
                siteName.orElse("Tidings"),
                Settings.hosts(linkHosts.orElse("")),
                Math.min(Math.max(undoMinutes, 0), Validation.MAX_UNDO_MINUTES),
                Math.max(monthlyLimit, 0),
                Math.max(bannerHours, 0),
                Math.max(noticeDays, 0));
    }

    @Produces
    @Dependent
    ModuleSchema schema() {
        return new ModuleSchema("announcements", "db/announcements");
    }

    @Produces
    @Dependent
    ConfigurationKey.Keys keys() {
        return new ConfigurationKey.Keys(List.of(
                new ConfigurationKey(
                        LINK_HOSTS,
                        "",
                        "Hosts that announcements may link to besides the site's own, divided by commas: status.example.com.",
                        false),
                new ConfigurationKey(
                        UNDO_MINUTES,
                        "10",
                        "Minutes within which a published announcement can be taken back before anybody gets it, 0 to 60.",
                        false),
                new ConfigurationKey(
                        MONTHLY_LIMIT,
                        "4",
                        "Announcements in 30 days that need no special reason; a further one asks for it.",
                        false),
                new ConfigurationKey(
                        BANNER_HOURS, "72", "Hours before a maintenance window from which every page shows it.", false),
                new ConfigurationKey(
                        NOTICE_DAYS,
                        "30",
                        "Days between telling everybody of a new policy version and its effect.",
                        false)));
    }
}
