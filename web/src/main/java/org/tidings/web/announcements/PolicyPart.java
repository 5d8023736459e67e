package org.tidings.web.announcements;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tidings.announcements.Policies;
import org.tidings.announcements.Policies.DiffLine;
import org.tidings.announcements.PolicyVersion;

/**
 * One language of the policy that an announcement publishes, as its reader will have it.
 *
 * @param former number of the version that it is compared with, 0 if there is none
 * @param changed lines that differ, each with one of those about it
 */
public record PolicyPart(Locale language, String summary, String html, int former, List<DiffLine> changed) {

    static List<PolicyPart> of(Policies policies, PolicyVersion version) {
        Optional<PolicyVersion> former = policies.published(version.kind(), version.number() - 1);
        return version.texts().entrySet().stream()
                .map(text -> {
                    String before = former.map(old -> old.texts().get(text.getKey()))
                            .map(old -> old.markdown())
                            .orElse("");
                    return new PolicyPart(
                            text.getKey(),
                            text.getValue().summary(),
                            policies.html(text.getValue().markdown()),
                            former.map(PolicyVersion::number).orElse(0),
                            around(policies.diff(before, text.getValue().markdown())));
                })
                .toList();
    }

    private static List<DiffLine> around(List<DiffLine> lines) {
        return IntStream.range(0, lines.size())
                .filter(i -> differs(lines, i - 1) || differs(lines, i) || differs(lines, i + 1))
                .mapToObj(lines::get)
                .toList();
    }

    private static boolean differs(List<DiffLine> lines, int i) {
        return i >= 0 && i < lines.size() && lines.get(i).kind() != DiffLine.Kind.SAME;
    }
}
