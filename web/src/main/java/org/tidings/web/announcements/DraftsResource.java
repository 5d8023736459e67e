package org.tidings.web.announcements;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.tidings.accounts.Role;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Drafts;
import org.tidings.announcements.Outcome;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.PageModel;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.ShownBy;

/** Where announcements are written, thrown away and brought back. */
@Path(StaffAnnouncementsResource.HOME)
public class DraftsResource {
    private static final String ID = AnnouncementsResource.ID;

    private final Pages pages;
    private final Visitor visitor;
    private final Drafts drafts;
    private final Workbench workbench;
    private final Deciding deciding;

    @Inject
    public DraftsResource(Pages pages, Visitor visitor, Drafts drafts, Workbench workbench, Deciding deciding) {
        this.pages = pages;
        this.visitor = visitor;
        this.drafts = drafts;
        this.workbench = workbench;
        this.deciding = deciding;
    }

    @GET
    @Path("new")
    @StaffRole(Role.ANNOUNCER)
    public Response begin(@QueryParam("type") @DefaultValue("") String type) {
        if (type.isEmpty()) {
            return pages.ok(new TypesPage(List.of(AnnouncementType.values())));
        }
        return pages.ok(workbench.editing(workbench.blank(AnnouncementForm.type(type)), Optional.empty()));
    }

    @POST
    @Path("new")
    @StaffRole(Role.ANNOUNCER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response draft(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        AnnouncementContent content = AnnouncementForm.read(form);
        return saved(form, Optional.empty(), () -> drafts.draft(visitor.account(), content));
    }

    @GET
    @Path(ID + "/edit")
    @StaffRole(Role.ANNOUNCER)
    public Response edit(@PathParam("id") UUID id) {
        AnnouncementView view = workbench.view(id);
        if (view.state() == AnnouncementState.PUBLISHED) {
            return pages.refused(path(id), "announcements.refused.state");
        }
        return pages.ok(workbench.editing(AnnouncementForm.of(view.content()), Optional.of(view)));
    }

    @POST
    @Path(ID + "/edit")
    @StaffRole(Role.ANNOUNCER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response save(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        Optional<AnnouncementView> known = evenIfDiscarded(new AnnouncementId(id));
        if (known.isEmpty()) {
            // What was typed is not lost with the draft.
            return pages.invalid(workbench.editing(form.reject("", "site.discarded.meanwhile"), Optional.empty()));
        }
        AnnouncementView view = known.get();
        AnnouncementContent content = AnnouncementForm.read(form);
        long version = AnnouncementForm.number(form.trimmed("version"));
        return saved(form, Optional.of(view), () -> drafts.edit(visitor.account(), view.id(), version, content));
    }

    /** A draft that another has thrown away comes back in its thread, and says that it was changed. */
    private Optional<AnnouncementView> evenIfDiscarded(AnnouncementId id) {
        return workbench.find(id).or(() -> {
            try {
                drafts.bringBack(visitor.account(), id);
                return workbench.find(id);
            } catch (AnnouncementRefused gone) {
                return Optional.empty();
            }
        });
    }

    private Response saved(Form form, Optional<AnnouncementView> before, Supplier<AnnouncementView> save) {
        if (form.valid()) {
            try {
                return pages.done(path(save.get().id().value()), "announcements.done.saved");
            } catch (AnnouncementRefused refused) {
                if (!RefusalWords.into(form, refused, List.of())) {
                    form.reject("", RefusalWords.key(refused));
                }
            }
        }
        return pages.invalid(workbench.editing(form, before));
    }

    @POST
    @Path(ID + "/update")
    @StaffRole(Role.ANNOUNCER)
    public Response update(@PathParam("id") UUID id) {
        return deciding.decided(id, view -> {
            AnnouncementView update = drafts.draftUpdate(visitor.account(), view.id());
            return pages.seeOther(path(update.id().value()) + "/edit");
        });
    }

    @GET
    @Path(ID + "/discard")
    @StaffRole(Role.ANNOUNCER)
    public Response askToDiscard(@PathParam("id") UUID id) {
        AnnouncementView view = workbench.view(id);
        return view.state() == AnnouncementState.PUBLISHED
                ? pages.refused(path(id), "announcements.refused.state")
                : pages.ok(new Deciding.AskPage(view, "discard"));
    }

    @POST
    @Path(ID + "/discard")
    @StaffRole(Role.ANNOUNCER)
    public Response discard(@PathParam("id") UUID id) {
        return deciding.decided(id, view -> {
            drafts.discard(visitor.account(), view.id());
            return pages.done(StaffAnnouncementsResource.HOME, "announcements.done.discarded");
        });
    }

    @POST
    @Path(ID + "/bring-back")
    @StaffRole(Role.ANNOUNCER)
    public Response bringBack(@PathParam("id") UUID id) {
        try {
            drafts.bringBack(visitor.account(), new AnnouncementId(id));
            return pages.done(path(id), "site.discarded.done");
        } catch (AnnouncementRefused gone) {
            return pages.refused(StaffAnnouncementsResource.HOME, RefusalWords.key(gone));
        }
    }

    private static String path(UUID id) {
        return StaffAnnouncementsResource.path(id);
    }

    @ShownBy("announcements/types")
    public record TypesPage(List<AnnouncementType> types) implements PageModel {}

    /**
     * The form of a new draft or of one that there is.
     *
     * @param policies drafts of policy versions that it could publish, by id
     * @param twice by field: the offsets between which to choose where an hour comes twice
     */
    @ShownBy("announcements/edit")
    public record EditPage(
            Form form,
            AnnouncementType type,
            Optional<AnnouncementView> view,
            Map<String, String> zones,
            Map<String, String> policies,
            List<Locale> languages,
            int undoMinutes,
            Map<String, List<String>> twice)
            implements PageModel {

        /** The outcome that it is there to tell. */
        public Optional<Outcome> telling() {
            return view.flatMap(update -> update.content().outcome());
        }
    }
}
