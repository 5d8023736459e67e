package org.tidings.web.announcements;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tidings.announcements.Policies;
import org.tidings.announcements.Policies.DiffLine;
import org.tidings.announcements.PolicyVersion;
import org.tidings.web.pages.PageModel;
import org.tidings.web.pages.ShownBy;

/**
 * A policy version with its neighbours.
 *
 * @param contact for questions about it; may be empty
 * @param diff against the version before; empty for the first
 */
@ShownBy("announcements/policy")
public record PolicyPage(
        PolicyVersion version,
        boolean current,
        String html,
        Optional<PolicyVersion> upcoming,
        List<PolicyVersion> history,
        List<DiffLine> diff,
        String contact)
        implements PageModel {

    static PolicyPage of(Policies policies, PolicyVersion version, Locale language, boolean current, String contact) {
        String markdown = version.text(language).markdown();
        List<PolicyVersion> history = policies.history(version.kind());
        return new PolicyPage(
                version,
                current,
                policies.html(markdown),
                policies.upcoming(version.kind()),
                history,
                history.stream()
                        .filter(older -> older.number() == version.number() - 1)
                        .findFirst()
                        .map(before -> policies.diff(before.text(language).markdown(), markdown))
                        .orElse(List.of()),
                contact);
    }
}
