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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tidings.accounts.Role;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementRefused.ContentRejected;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Caution;
import org.tidings.announcements.Emergencies;
import org.tidings.announcements.Publications;
import org.tidings.announcements.Publications.MonthlyUse;
import org.tidings.mail.AudienceCount;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.PageModel;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.ShownBy;

/** Who gets it, and the last step: with the second person's approval, or in an emergency without. */
@Path(StaffAnnouncementsResource.HOME)
public class PublicationResource {
    private static final String ID = AnnouncementsResource.ID;

    private final Pages pages;
    private final Visitor visitor;
    private final Publications publications;
    private final Emergencies emergencies;
    private final Workbench workbench;
    private final Deciding deciding;

    @Inject
    public PublicationResource(
            Pages pages,
            Visitor visitor,
            Publications publications,
            Emergencies emergencies,
            Workbench workbench,
            Deciding deciding) {
        this.pages = pages;
        this.visitor = visitor;
        this.publications = publications;
        this.emergencies = emergencies;
        this.workbench = workbench;
        this.deciding = deciding;
    }

    @GET
    @Path(ID + "/publish")
    @StaffRole(Role.ANNOUNCER)
    @FreshSignIn
    public Response counting(@PathParam("id") UUID id) {
        AnnouncementView view = workbench.view(id);
        return view.state() == AnnouncementState.APPROVED ? asking(view, false) : movedOn(id);
    }

    @POST
    @Path(ID + "/publish")
    @StaffRole(Role.ANNOUNCER)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response publish(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return published(
                workbench.view(id),
                form,
                false,
                view -> publications.publish(visitor.account(), view.id(), count(form), override(form)));
    }

    @GET
    @Path(ID + "/emergency")
    @StaffRole(Role.ANNOUNCER)
    @FreshSignIn
    public Response emergency(@PathParam("id") UUID id) {
        AnnouncementView view = workbench.view(id);
        boolean possible = view.state() != AnnouncementState.PUBLISHED
                && view.content().type().emergencyAllowed();
        return possible ? asking(view, true) : movedOn(id);
    }

    @POST
    @Path(ID + "/emergency")
    @StaffRole(Role.ANNOUNCER)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response publishInEmergency(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return published(
                workbench.view(id),
                form,
                true,
                view -> emergencies.publishInEmergency(
                        visitor.account(),
                        view.id(),
                        new Emergencies.Order(
                                count(form),
                                form.trimmed("reason"),
                                FindingReasons.read(form, view.findings()),
                                override(form))));
    }

    private Response asking(AnnouncementView view, boolean emergency) {
        return pages.ok(workbench.publishing(view, Form.empty(), emergency));
    }

    private Response movedOn(UUID id) {
        return pages.refused(StaffAnnouncementsResource.path(id), "announcements.refused.state");
    }

    private Response published(
            AnnouncementView view,
            Form form,
            boolean emergency,
            java.util.function.Consumer<AnnouncementView> publish) {
        try {
            publish.accept(view);
            return onItsWay(view);
        } catch (ContentRejected rejected) {
            return deciding.rewriting(view, rejected);
        } catch (AnnouncementRefused refused) {
            return RefusalWords.into(form, refused, view.findings())
                    ? pages.invalid(workbench.publishing(view, form, emergency))
                    : deciding.refused(view, refused);
        }
    }

    private Response onItsWay(AnnouncementView view) {
        String back = StaffAnnouncementsResource.path(view.id().value());
        return workbench
                .goesOut(view.id())
                .map(when -> pages.done(back, "announcements.done.goes-out", when))
                .orElseGet(() -> pages.done(back, "announcements.done.goes-out-now"));
    }

    private static long count(Form form) {
        return AnnouncementForm.number(form.trimmed("count"));
    }

    private static Optional<String> override(Form form) {
        return Optional.of(form.trimmed("override")).filter(reason -> !reason.isEmpty());
    }

    /** @param before the one that was published last, to compare the numbers */
    @ShownBy("announcements/publish")
    public record PublishPage(
            AnnouncementView view,
            Form form,
            boolean emergency,
            AudienceCount audience,
            Map<String, Long> leftOut,
            MonthlyUse month,
            Optional<AnnouncementView> before,
            List<Caution> cautions)
            implements PageModel {}
}
