package org.tidings.web.announcements;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementRefused.ContentRejected;
import org.tidings.announcements.AnnouncementView;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.PageModel;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.ShownBy;

/** What all steps on the staff pages of announcements have in common: who is refused comes back to the announcement, and reads why. */
@RequestScoped
public class Deciding {
    @Inject
    Pages pages;

    @Inject
    Workbench workbench;

    Response decided(UUID id, Function<AnnouncementView, Response> decision) {
        AnnouncementView view = workbench.view(id);
        try {
            return decision.apply(view);
        } catch (AnnouncementRefused refused) {
            return refused(view, refused);
        }
    }

    Response refused(AnnouncementView view, AnnouncementRefused refused) {
        return pages.refused(
                StaffAnnouncementsResource.path(view.id().value()),
                RefusalWords.key(refused),
                RefusalWords.facts(refused));
    }

    /** What is missing is said beside its field. */
    Response rewriting(AnnouncementView view, ContentRejected rejected) {
        Form form = AnnouncementForm.of(view.content());
        AnnouncementForm.reject(form, rejected);
        return pages.invalid(workbench.editing(form, Optional.of(view)));
    }

    /** Before what should not happen by a slip. */
    @ShownBy("announcements/ask")
    public record AskPage(AnnouncementView view, String step) implements PageModel {}
}
