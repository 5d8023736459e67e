package org.tidings.web.newsletter;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.MailingState;
import org.tidings.mail.Mailings;
import org.tidings.mail.SendingFigures;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.IssueState;
import org.tidings.newsletter.IssueView;

/** Which of the issues that are being sent stand still, for lists. */
@Dependent
public class IssueStandings {

    /** Why an issue stands still. */
    public enum Standstill {
        /** By staff. */
        PAUSED,
        /** By itself (BNC-05). */
        STOPPED
    }

    private final Mailings mailings;
    private final SendingFigures figures;

    @Inject
    public IssueStandings(Mailings mailings, SendingFigures figures) {
        this.mailings = mailings;
        this.figures = figures;
    }

    /** Those that go on are left out. */
    Map<IssueId, Standstill> of(List<IssueView> issues) {
        List<IssueView> paused = issues.stream()
                .filter(issue -> issue.state() == IssueState.SENDING && isPaused(issue))
                .toList();
        if (paused.isEmpty()) {
            return Map.of();
        }
        Set<MailingId> stopped =
                figures.stopped().stream().map(SendingFigures.Stopped::mailing).collect(Collectors.toSet());
        return paused.stream()
                .collect(Collectors.toMap(
                        IssueView::id,
                        issue -> issue.mailing().filter(stopped::contains).isPresent()
                                ? Standstill.STOPPED
                                : Standstill.PAUSED));
    }

    private boolean isPaused(IssueView issue) {
        return issue.mailing()
                .flatMap(mailings::progress)
                .map(MailingProgress::state)
                .filter(state -> state == MailingState.PAUSED)
                .isPresent();
    }
}
