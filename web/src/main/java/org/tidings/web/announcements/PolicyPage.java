package org.tidings.web.announcements;

import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tidings.announcements.Policies;
import org.tidings.announcements.PolicyVersion;
import org.tidings.web.SiteSettings;
import org.tidings.web.pages.Pages;

/** A policy version with its neighbours. */
final class PolicyPage {
    private PolicyPage() {}

    static Response show(
            Pages pages, Policies policies, SiteSettings settings, PolicyVersion version, boolean current) {
        Locale language = pages.language();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("version", version);
        parameters.put("current", current);
        parameters.put("contact", settings.privacyAddress());
        parameters.put("html", policies.html(version.text(language).markdown()));
        parameters.put("upcoming", policies.upcoming(version.kind()).stream().toList());
        List<PolicyVersion> history = policies.history(version.kind());
        parameters.put("history", history);
        List<PolicyVersion> before = history.stream()
                .filter(older -> older.number() == version.number() - 1)
                .toList();
        parameters.put(
                "diff",
                before.isEmpty()
                        ? List.of()
                        : policies.diff(
                                before.get(0).text(language).markdown(),
                                version.text(language).markdown()));
        return pages.ok("announcements/policy", parameters);
    }
}
