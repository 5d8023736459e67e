package org.tidings.web.announcements;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.tidings.accounts.Role;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementRefused.Reason;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Emergencies;
import org.tidings.announcements.FollowUps;
import org.tidings.mail.MailingProgress;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.PageModel;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.ShownBy;

/** What is done with an announcement's mail once it is on its way, and the look afterwards at what went out in an emergency. */
@Path(StaffAnnouncementsResource.HOME)
public class FollowUpResource {
    private static final String ID = AnnouncementsResource.ID;

    private final Pages pages;
    private final Visitor visitor;
    private final FollowUps followUps;
    private final Emergencies emergencies;
    private final Workbench workbench;
    private final Deciding deciding;

    @Inject
    public FollowUpResource(
            Pages pages,
            Visitor visitor,
            FollowUps followUps,
            Emergencies emergencies,
            Workbench workbench,
            Deciding deciding) {
        this.pages = pages;
        this.visitor = visitor;
        this.followUps = followUps;
        this.emergencies = emergencies;
        this.workbench = workbench;
        this.deciding = deciding;
    }

    /** After it stopped by itself. */
    @POST
    @Path(ID + "/resume")
    @StaffRole(Role.ANNOUNCER)
    @FreshSignIn
    public Response resume(@PathParam("id") UUID id) {
        return deciding.decided(id, view -> {
            followUps.resume(visitor.account(), view.id());
            return pages.done(path(id), "announcements.done.resumed");
        });
    }

    /** Asks first: how many it would be, and why it did not reach them. */
    @GET
    @Path(ID + "/resend-rest")
    @StaffRole(Role.ANNOUNCER)
    public Response askToResend(@PathParam("id") UUID id) {
        AnnouncementView view = workbench.view(id);
        return workbench
                .progress(view)
                .filter(progress -> progress.rest() > 0)
                .map(progress -> pages.ok(new ResendPage(view, progress)))
                .orElseGet(() -> pages.seeOther(path(id)));
    }

    @POST
    @Path(ID + "/resend-rest")
    @StaffRole(Role.ANNOUNCER)
    @FreshSignIn
    public Response resendToRest(@PathParam("id") UUID id) {
        return deciding.decided(id, view -> {
            followUps.resendToRest(visitor.account(), view.id());
            return pages.done(path(id), "announcements.done.resent-rest");
        });
    }

    /** Asks first. Taking it back within the undo window needs no question: nothing is lost by it, and time runs. */
    @GET
    @Path(ID + "/stop")
    @StaffRole(Role.ANNOUNCER)
    public Response askToStop(@PathParam("id") UUID id) {
        AnnouncementView view = workbench.view(id);
        return workbench.progress(view).filter(MailingProgress::live).isPresent()
                ? pages.ok(new Deciding.AskPage(view, "stop"))
                : pages.seeOther(path(id));
    }

    @POST
    @Path(ID + "/stop")
    @StaffRole(Role.ANNOUNCER)
    public Response stop(@PathParam("id") UUID id) {
        return deciding.decided(id, view -> {
            AnnouncementView stopped = followUps.stop(visitor.account(), view.id());
            return pages.done(
                    path(id),
                    stopped.state() == AnnouncementState.DRAFT
                            ? "announcements.done.taken-back"
                            : "announcements.done.stopped");
        });
    }

    @POST
    @Path(ID + "/review")
    @StaffRole(Role.ANNOUNCER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response review(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return deciding.decided(id, view -> {
            try {
                emergencies.review(visitor.account(), view.id(), form.trimmed("judgement"));
                return pages.done(path(id), "announcements.done.reviewed");
            } catch (AnnouncementRefused refused) {
                if (refused.reason() != Reason.REASON_MISSING) {
                    throw refused;
                }
                form.reject("judgement", RefusalWords.key(refused));
                return pages.invalid(workbench.showing(view).with(form));
            }
        });
    }

    private static String path(UUID id) {
        return StaffAnnouncementsResource.path(id);
    }

    @ShownBy("announcements/resend")
    public record ResendPage(AnnouncementView view, MailingProgress progress) implements PageModel {}
}
