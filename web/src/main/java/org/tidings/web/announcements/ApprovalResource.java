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
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.Role;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementRefused.ContentRejected;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Approvals;
import org.tidings.announcements.Caution;
import org.tidings.announcements.TestMails;
import org.tidings.mail.AudienceCount;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.PageModel;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.ShownBy;

/** The author hands it over; the second person approves exactly what she reads, or sends it back. */
@Path(StaffAnnouncementsResource.HOME)
public class ApprovalResource {
    private static final String ID = AnnouncementsResource.ID;

    private final Pages pages;
    private final Visitor visitor;
    private final Approvals approvals;
    private final TestMails tests;
    private final Workbench workbench;
    private final Deciding deciding;

    @Inject
    public ApprovalResource(
            Pages pages,
            Visitor visitor,
            Approvals approvals,
            TestMails tests,
            Workbench workbench,
            Deciding deciding) {
        this.pages = pages;
        this.visitor = visitor;
        this.approvals = approvals;
        this.tests = tests;
        this.workbench = workbench;
        this.deciding = deciding;
    }

    @POST
    @Path(ID + "/test")
    @StaffRole(Role.ANNOUNCER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response test(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        AnnouncementView view = workbench.view(id);
        for (Locale language : view.content().wordings().keySet()) {
            tests.sendTest(visitor.account(), view.id(), language);
        }
        return pages.done(path(id), "announcements.done.test");
    }

    @POST
    @Path(ID + "/submit")
    @StaffRole(Role.ANNOUNCER)
    public Response submit(@PathParam("id") UUID id) {
        return deciding.decided(id, view -> {
            try {
                approvals.submit(visitor.account(), view.id());
                return pages.done(path(id), "announcements.done.submitted");
            } catch (ContentRejected rejected) {
                return deciding.rewriting(view, rejected);
            }
        });
    }

    @GET
    @Path(ID + "/approve")
    @StaffRole(Role.ANNOUNCER)
    @FreshSignIn
    public Response reading(@PathParam("id") UUID id) {
        AnnouncementView view = workbench.view(id);
        if (view.state() != AnnouncementState.SUBMITTED) {
            return pages.refused(path(id), "announcements.refused.state");
        }
        return pages.ok(workbench.approving(view, Form.empty()));
    }

    @POST
    @Path(ID + "/approve")
    @StaffRole(Role.ANNOUNCER)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response approve(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return decided(id, form, view -> {
            Map<String, String> reasons = FindingReasons.read(form, view.findings());
            approvals.approve(visitor.account(), view.id(), form.trimmed("digest"), reasons);
            return pages.done(path(id), "announcements.done.approved");
        });
    }

    @POST
    @Path(ID + "/reject")
    @StaffRole(Role.ANNOUNCER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response reject(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return decided(id, form, view -> {
            approvals.reject(visitor.account(), view.id(), form.trimmed("reason"));
            return pages.done(path(id), "announcements.done.rejected");
        });
    }

    /** On the page again where the second person can mend it there. */
    private Response decided(UUID id, Form form, Function<AnnouncementView, Response> decision) {
        AnnouncementView view = workbench.view(id);
        try {
            return decision.apply(view);
        } catch (AnnouncementRefused refused) {
            return RefusalWords.into(form, refused, view.findings())
                    ? pages.invalid(workbench.approving(view, form))
                    : deciding.refused(view, refused);
        }
    }

    private static String path(UUID id) {
        return StaffAnnouncementsResource.path(id);
    }

    /** @param mine whether the reader had a hand in it and so cannot approve it */
    @ShownBy("announcements/approve")
    public record ApprovePage(
            AnnouncementView view,
            Map<AccountId, String> names,
            boolean mine,
            Form form,
            AudienceCount audience,
            List<PolicyPart> parts,
            List<Caution> cautions)
            implements PageModel {}
}
