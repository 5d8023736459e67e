package org.tidings.announcements.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses in plain text, and the hosts that an announcement may point to: the site's own and those configured. */
record Links(Set<String> hosts) {

    // Also what a mail program would turn into a link by itself.
    private static final Pattern LINK = Pattern.compile(
            "(?:[a-z][a-z0-9+.-]{1,20}://|www\\.)[^\\s<>\"]+", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern TRAILING = Pattern.compile("[.,;:!?)\\]'’”]+$");

    static List<String> in(String text) {
        List<String> links = new ArrayList<>();
        Matcher matcher = LINK.matcher(text);
        while (matcher.find()) {
            links.add(TRAILING.matcher(matcher.group()).replaceAll(""));
        }
        return links;
    }

    static String without(String text) {
        StringBuilder rest = new StringBuilder();
        Matcher matcher = LINK.matcher(text);
        while (matcher.find()) {
            Matcher end = TRAILING.matcher(matcher.group());
            matcher.appendReplacement(rest, Matcher.quoteReplacement(end.find() ? " " + end.group() : " "));
        }
        return matcher.appendTail(rest).toString();
    }

    boolean allowed(String link) {
        String full = link.contains("://") ? link : "https://" + link;
        try {
            URI uri = new URI(full);
            String host = uri.getHost();
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            return host != null
                    && uri.getUserInfo() == null
                    && (scheme.equals("https") || scheme.equals("http"))
                    && hosts.contains(host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }
}
