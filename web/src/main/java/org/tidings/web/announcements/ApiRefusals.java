package org.tidings.web.announcements;

import java.util.List;
import java.util.function.Supplier;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementRefused.ContentRejected;
import org.tidings.announcements.AnnouncementRefused.FindingsOpen;
import org.tidings.announcements.AnnouncementRefused.NotInThisState;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.Problem.Violation;
import org.tidings.web.problems.ProblemType;

/** What programs read when a step is refused. */
final class ApiRefusals {

    private ApiRefusals() {}

    static <T> T refusing(Supplier<T> step) {
        try {
            return step.get();
        } catch (AnnouncementRefused refused) {
            throw problem(refused);
        }
    }

    private static Problem problem(AnnouncementRefused refused) {
        return switch (refused.reason()) {
            case UNKNOWN -> new Problem(ProblemType.NOT_FOUND);
            case CONTENT_REJECTED, FINDINGS_OPEN -> new Problem(ProblemType.INVALID, violations(refused));
            case COUNT_NOT_CONFIRMED -> invalid("/recipients", "not-the-audience");
            case MONTHLY_LIMIT_REACHED -> invalid("/overrideReason", "monthly-limit");
            case PEOPLE_WERE_TOLD -> invalid("/nobodyIsTold", "people-were-told");
            case CONTENT_CHANGED_SINCE_SHOWN -> new Problem(ProblemType.CHANGED_SINCE_APPROVAL);
            case NOT_IN_THIS_STATE -> new Problem(why((NotInThisState) refused));
            case EDITED_MEANWHILE,
                    VERSION_UNKNOWN,
                    VERSION_PUBLISHED,
                    AUTHOR_CANNOT_APPROVE,
                    REASON_MISSING,
                    EMERGENCY_NOT_ALLOWED,
                    EMERGENCY_NOT_REVIEWED -> new Problem(ProblemType.CONFLICT);
        };
    }

    private static Problem invalid(String pointer, String code) {
        return new Problem(ProblemType.INVALID, List.of(new Violation(pointer, code)));
    }

    private static List<Violation> violations(AnnouncementRefused refused) {
        if (refused instanceof FindingsOpen open) {
            return open.findings().stream()
                    .map(finding -> new Violation(
                            WrittenJson.pointer(finding.language().getLanguage() + "."
                                    + finding.place().key()),
                            Words.kebab(finding.rule())))
                    .toList();
        }
        return ((ContentRejected) refused)
                .problems().stream()
                        .map(problem ->
                                new Violation(WrittenJson.pointer(problem.field()), Words.kebab(problem.flaw())))
                        .toList();
    }

    /** What stands against the step, from where the announcement is. */
    private static ProblemType why(NotInThisState refused) {
        return switch (refused.where()) {
            case DRAFT, SUBMITTED -> ProblemType.NOT_APPROVED;
            case APPROVED -> ProblemType.ALREADY_APPROVED;
            case PUBLISHED -> ProblemType.ALREADY_PUBLISHED;
            case ENDED -> ProblemType.ALREADY_ENDED;
            case NOT_PUBLIC -> ProblemType.NOT_PUBLISHED;
            case SAMPLE, NO_REVIEW_DUE, LATER_VERSION, IN_FORCE -> ProblemType.CONFLICT;
        };
    }
}
