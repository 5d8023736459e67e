package org.tidings.announcements.internal.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.tidings.announcements.internal.guard.Links;
import org.tidings.site.Site;

/**
 * The site's choices.
 *
 * @param linkHosts that announcements may link to, besides the site's own
 */
public record Settings(
        Site site, Set<String> linkHosts, int undoMinutes, int monthlyLimit, int bannerHours, int noticeDays) {

    /** So long a draft that was thrown away can be brought back. */
    public static final Duration KEPT_DISCARDED = Duration.ofDays(7);

    public static Set<String> hosts(String commaSeparated) {
        Set<String> hosts = new LinkedHashSet<>();
        Arrays.stream(commaSeparated.split(","))
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .forEach(hosts::add);
        return hosts;
    }

    public Links links() {
        Set<String> allowed = new LinkedHashSet<>(linkHosts);
        allowed.add(site.host());
        return new Links(allowed);
    }
}
