package org.tidings.web.announcements;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.Role;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Caution;
import org.tidings.announcements.Drafts;
import org.tidings.announcements.Publications;
import org.tidings.announcements.Publications.MonthlyUse;
import org.tidings.announcements.StaffAnnouncements;
import org.tidings.announcements.Window;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.RenderedMail;
import org.tidings.mail.SendingFigures.Stopped;
import org.tidings.web.access.StaffRole;
import org.tidings.web.pages.DiscardedDraft;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.PageModel;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.ShownBy;

/** Announcements as staff read them: the list, one with all that was done to it, its mail. */
@Path(StaffAnnouncementsResource.HOME)
public class StaffAnnouncementsResource {
    static final String HOME = "/staff/announcements";

    private static final int SHOWN = 100;
    private static final int DISCARDED_SHOWN = 20;
    private static final String ID = AnnouncementsResource.ID;

    private final Pages pages;
    private final StaffAnnouncements announcements;
    private final Drafts drafts;
    private final Publications publications;
    private final Workbench workbench;

    @Inject
    public StaffAnnouncementsResource(
            Pages pages,
            StaffAnnouncements announcements,
            Drafts drafts,
            Publications publications,
            Workbench workbench) {
        this.pages = pages;
        this.announcements = announcements;
        this.drafts = drafts;
        this.publications = publications;
        this.workbench = workbench;
    }

    static String path(UUID id) {
        return HOME + "/" + id;
    }

    @GET
    @StaffRole(Role.ANNOUNCER)
    public Response list() {
        return pages.ok(
                new DeskPage(announcements.newest(SHOWN), publications.monthlyUse(), workbench.now(), discarded()));
    }

    private List<DiscardedDraft> discarded() {
        return drafts.discarded(DISCARDED_SHOWN).stream()
                .map(view -> new DiscardedDraft(
                        view.headline().isBlank() ? pages.t("announcements.desk.untitled") : view.headline(),
                        view.editedAt(),
                        path(view.id().value()) + "/bring-back"))
                .toList();
    }

    @GET
    @Path(ID)
    @StaffRole(Role.ANNOUNCER)
    public Response show(@PathParam("id") UUID id) {
        return pages.ok(workbench.showing(workbench.view(id)));
    }

    /** The HTML of the mail, for a frame. */
    @GET
    @Path(ID + "/mail")
    @StaffRole(Role.ANNOUNCER)
    public Response mail(@PathParam("id") UUID id, @QueryParam("language") @DefaultValue("en") String language) {
        return pages.mail(preview(id, language).html());
    }

    /** The text part of the mail. */
    @GET
    @Path(ID + "/text")
    @StaffRole(Role.ANNOUNCER)
    public Response text(@PathParam("id") UUID id, @QueryParam("language") @DefaultValue("en") String language) {
        RenderedMail mail = preview(id, language);
        return Response.ok(mail.subject() + "\n\n" + mail.text())
                .header("Content-Type", "text/plain; charset=utf-8")
                .build();
    }

    private RenderedMail preview(UUID id, String language) {
        return announcements.mail(workbench.view(id).id(), Locale.forLanguageTag(language));
    }

    /** How sending goes, for the page that stays open. */
    @GET
    @Path(ID + "/progress")
    @StaffRole(Role.ANNOUNCER)
    public Response progress(@PathParam("id") UUID id) {
        AnnouncementView view = workbench.view(id);
        return workbench.progress(view).filter(MailingProgress::live).isEmpty()
                ? Response.noContent().build()
                : pages.ok(workbench.sending(view));
    }

    @ShownBy("announcements/desk")
    public record DeskPage(
            List<AnnouncementView> views, MonthlyUse month, OffsetDateTime now, List<DiscardedDraft> discarded)
            implements PageModel {}

    /**
     * One announcement and all that was done to it.
     *
     * @param mine whether the reader had a hand in it
     * @param confirm the second person's words on an emergency
     * @param unconfirmed the window whose end is past, if nobody has said how it ended
     */
    @ShownBy("announcements/workbench")
    public record WorkbenchPage(
            AnnouncementView view,
            Map<AccountId, String> names,
            boolean mine,
            SendingPart sending,
            List<AnnouncementView> thread,
            Form confirm,
            List<PolicyPart> parts,
            List<Caution> cautions,
            boolean endable,
            Optional<Window> unconfirmed)
            implements PageModel {

        WorkbenchPage with(Form judged) {
            return new WorkbenchPage(view, names, mine, sending, thread, judged, parts, cautions, endable, unconfirmed);
        }
    }

    /** What moves while it is sent. */
    @ShownBy("announcements/progress")
    public record SendingPart(
            AnnouncementView view,
            Optional<MailingProgress> progress,
            Optional<Stopped> stopped,
            OffsetDateTime now,
            boolean allStopped)
            implements PageModel {}
}
