package org.tidings.web.announcements;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.tidings.accounts.Role;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.FollowUps;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.announcements.StaffAnnouncementsResource.SendingPart;
import org.tidings.web.pages.PageModel;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.ShownBy;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/**
 * Where the mail about an emergency leads: what goes out without a second person, and the way to stop it, for every announcer and
 * every administrator (REV-M4). Stopping never waits for a password.
 */
@Path("/staff/emergencies/{id: [0-9a-f-]{36}}")
public class EmergencyResource {

    private final Pages pages;
    private final Visitor visitor;
    private final FollowUps followUps;
    private final Workbench workbench;

    @Inject
    public EmergencyResource(Pages pages, Visitor visitor, FollowUps followUps, Workbench workbench) {
        this.pages = pages;
        this.visitor = visitor;
        this.followUps = followUps;
        this.workbench = workbench;
    }

    @GET
    @StaffRole({Role.ANNOUNCER, Role.ADMINISTRATOR})
    public Response show(@PathParam("id") UUID id) {
        AnnouncementView view = emergency(id);
        String sender = view.published()
                .map(sent -> workbench.names(view).getOrDefault(sent.by(), "–"))
                .orElse("–");
        return pages.ok(new EmergencyPage(view, sender, visitor.has(Role.ANNOUNCER), workbench.sending(view)));
    }

    @POST
    @Path("stop")
    @StaffRole({Role.ANNOUNCER, Role.ADMINISTRATOR})
    public Response stop(@PathParam("id") UUID id) {
        AnnouncementView view = emergency(id);
        String back = "/staff/emergencies/" + view.id().value();
        try {
            followUps.stop(visitor.account(), view.id());
            return pages.done(back, "announcements.done.stopped");
        } catch (AnnouncementRefused refused) {
            return pages.refused(back, RefusalWords.key(refused));
        }
    }

    private AnnouncementView emergency(UUID id) {
        AnnouncementView view = workbench.view(id);
        if (view.emergency().isEmpty()) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        return view;
    }

    /** @param announcer whether the reader may open the announcement itself */
    @ShownBy("announcements/emergency")
    public record EmergencyPage(AnnouncementView view, String sender, boolean announcer, SendingPart sending)
            implements PageModel {}
}
