package org.tidings.announcements.internal;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The site's choices.
 *
 * @param publicUrl without a slash at its end
 * @param linkHosts that announcements may link to, besides the site's own
 */
record Settings(
        String publicUrl,
        String siteName,
        Set<String> linkHosts,
        int undoMinutes,
        int monthlyLimit,
        int bannerHours,
        int noticeDays,
        String privacyAddress) {

    /** With the address for questions about privacy that a site has unless it says another. */
    Settings(
            String publicUrl,
            String siteName,
            Set<String> linkHosts,
            int undoMinutes,
            int monthlyLimit,
            int bannerHours,
            int noticeDays) {
        this(
                publicUrl,
                siteName,
                linkHosts,
                undoMinutes,
                monthlyLimit,
                bannerHours,
                noticeDays,
                privacyAddress(publicUrl));
    }

    Settings {
        publicUrl = publicUrl.replaceAll("/+$", "");
    }

    static Set<String> hosts(String commaSeparated) {
        Set<String> hosts = new LinkedHashSet<>();
        Arrays.stream(commaSeparated.split(","))
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .forEach(hosts::add);
        return hosts;
    }

    Links links() {
        Set<String> allowed = new LinkedHashSet<>(linkHosts);
        allowed.add(host());
        return new Links(allowed);
    }

    String host() {
        return host(publicUrl);
    }

    static String privacyAddress(String publicUrl) {
        return "privacy@" + host(publicUrl);
    }

    private static String host(String publicUrl) {
        String host = URI.create(publicUrl).getHost();
        return host == null ? "localhost" : host.toLowerCase(Locale.ROOT);
    }

    String url(String path) {
        return publicUrl + path;
    }
}
