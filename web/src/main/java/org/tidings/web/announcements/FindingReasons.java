package org.tidings.web.announcements;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidings.announcements.AnnouncementRefused.FindingsOpen;
import org.tidings.announcements.Finding;
import org.tidings.web.pages.Form;

/** The fields {@code finding-0}, {@code finding-1}, … of a form: why each finding may stand. */
final class FindingReasons {

    private FindingReasons() {}

    /** By {@link Finding#key}. */
    static Map<String, String> read(Form form, List<Finding> findings) {
        Map<String, String> reasons = new HashMap<>();
        for (int i = 0; i < findings.size(); i++) {
            reasons.put(findings.get(i).key(), form.trimmed("finding-" + i));
        }
        return reasons;
    }

    static void reject(Form form, List<Finding> findings, FindingsOpen open) {
        for (Finding finding : open.findings()) {
            if (!finding.confirmable()) {
                form.reject("", "announcements.refused.findings-go");
            } else {
                form.reject("finding-" + findings.indexOf(finding), "announcements.refused.reason");
            }
        }
    }
}
