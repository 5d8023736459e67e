package org.tidings.web.announcements;

import java.util.List;
import java.util.Optional;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementRefused.ContentRejected;
import org.tidings.announcements.AnnouncementRefused.EmergencyNotReviewed;
import org.tidings.announcements.AnnouncementRefused.FindingsOpen;
import org.tidings.announcements.Finding;
import org.tidings.web.pages.Form;

/** What staff read when a step is refused, and where: beside what they typed if that mends it, else on the page that they come back to. */
final class RefusalWords {

    private RefusalWords() {}

    static String key(AnnouncementRefused refused) {
        return switch (refused.reason()) {
            case UNKNOWN, VERSION_UNKNOWN -> "site.discarded.gone";
            case FINDINGS_OPEN -> "announcements.refused.findings-go";
            case EDITED_MEANWHILE -> "announcements.refused.meanwhile";
            case VERSION_PUBLISHED -> "policies.refused.published";
            case AUTHOR_CANNOT_APPROVE -> "announcements.refused.author";
            case CONTENT_CHANGED_SINCE_SHOWN -> "announcements.refused.changed";
            case COUNT_NOT_CONFIRMED -> "announcements.refused.count";
            case MONTHLY_LIMIT_REACHED -> "announcements.refused.month";
            case REASON_MISSING -> "announcements.refused.reason";
            case EMERGENCY_NOT_REVIEWED -> "announcements.refused.reviews-open";
            case CONTENT_REJECTED, PEOPLE_WERE_TOLD, EMERGENCY_NOT_ALLOWED, NOT_IN_THIS_STATE ->
                "announcements.refused.state";
        };
    }

    /** What the words of {@link #key} name. */
    static Object[] facts(AnnouncementRefused refused) {
        return refused instanceof EmergencyNotReviewed waiting ? new Object[] {waiting.headline()} : new Object[0];
    }

    /**
     * Puts it beside what was typed.
     *
     * @param asked the findings that the form has a field for, in this order
     * @return false where nothing in the form would mend it
     */
    static boolean into(Form form, AnnouncementRefused refused, List<Finding> asked) {
        if (refused instanceof ContentRejected rejected) {
            AnnouncementForm.reject(form, rejected);
            return true;
        }
        if (refused instanceof FindingsOpen open) {
            FindingReasons.reject(form, asked, open);
            return true;
        }
        Optional<String> field = field(refused.reason());
        field.ifPresent(name -> form.reject(name, key(refused), facts(refused)));
        return field.isPresent();
    }

    /** Empty name: the form as a whole. */
    private static Optional<String> field(AnnouncementRefused.Reason reason) {
        return switch (reason) {
            case COUNT_NOT_CONFIRMED -> Optional.of("count");
            case MONTHLY_LIMIT_REACHED -> Optional.of("override");
            case REASON_MISSING -> Optional.of("reason");
            case EMERGENCY_NOT_REVIEWED, EDITED_MEANWHILE -> Optional.of("");
            case UNKNOWN,
                    VERSION_UNKNOWN,
                    CONTENT_REJECTED,
                    FINDINGS_OPEN,
                    VERSION_PUBLISHED,
                    AUTHOR_CANNOT_APPROVE,
                    CONTENT_CHANGED_SINCE_SHOWN,
                    EMERGENCY_NOT_ALLOWED,
                    PEOPLE_WERE_TOLD,
                    NOT_IN_THIS_STATE -> Optional.empty();
        };
    }
}
