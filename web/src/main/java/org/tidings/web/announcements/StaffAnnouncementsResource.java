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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.Role;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementDesk;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.AnnouncementUnknown;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.AuthorCannotApprove;
import org.tidings.announcements.ContentChangedSinceShown;
import org.tidings.announcements.ContentRejected;
import org.tidings.announcements.CountNotConfirmed;
import org.tidings.announcements.EditedMeanwhile;
import org.tidings.announcements.EmergencyNotAllowed;
import org.tidings.announcements.EmergencyNotReviewed;
import org.tidings.announcements.FindingsOpen;
import org.tidings.announcements.MonthlyLimitReached;
import org.tidings.announcements.NotInThisState;
import org.tidings.announcements.ReasonMissing;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.RenderedMail;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.DiscardedDraft;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;

/** Where announcers write, approve and publish. */
@Path("/staff/announcements")
public class StaffAnnouncementsResource {
    private static final int SHOWN = 100;
    private static final int DISCARDED_SHOWN = 20;
    private static final String ID = AnnouncementsResource.ID;

    private final Pages pages;
    private final Visitor visitor;
    private final AnnouncementDesk desk;
    private final Workbench workbench;

    @Inject
    public StaffAnnouncementsResource(Pages pages, Visitor visitor, AnnouncementDesk desk, Workbench workbench) {
        this.pages = pages;
        this.visitor = visitor;
        this.desk = desk;
        this.workbench = workbench;
    }

    @GET
    @StaffRole(Role.ANNOUNCER)
    public Response list() {
        return pages.ok(
                "announcements/desk",
                Map.of(
                        "views",
                        desk.newest(SHOWN),
                        "month",
                        desk.monthlyUse(),
                        "now",
                        workbench.now(),
                        "discarded",
                        discarded()));
    }

    private List<DiscardedDraft> discarded() {
        return desk.discarded(DISCARDED_SHOWN).stream()
                .map(view -> new DiscardedDraft(
                        view.headline().isBlank() ? pages.t("announcements.desk.untitled") : view.headline(),
                        view.editedAt(),
                        path(view.id().value()) + "/bring-back"))
                .toList();
    }

    @GET
    @Path("new")
    @StaffRole(Role.ANNOUNCER)
    public Response begin(@QueryParam("type") @DefaultValue("") String type) {
        if (type.isEmpty()) {
            return pages.ok("announcements/types", Map.of("types", List.of(AnnouncementType.values())));
        }
        return pages.ok(
                "announcements/edit", workbench.editing(workbench.blank(AnnouncementForm.type(type)), List.of()));
    }

    @POST
    @Path("new")
    @StaffRole(Role.ANNOUNCER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response draft(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        AnnouncementContent content = AnnouncementForm.read(form);
        return saved(form, List.of(), () -> desk.draft(account(), content));
    }

    @GET
    @Path(ID)
    @StaffRole(Role.ANNOUNCER)
    public Response show(@PathParam("id") UUID id) {
        return pages.ok("announcements/workbench", workbench.showing(workbench.view(id)));
    }

    @GET
    @Path(ID + "/edit")
    @StaffRole(Role.ANNOUNCER)
    public Response edit(@PathParam("id") UUID id) {
        AnnouncementView view = workbench.view(id);
        if (view.state() == AnnouncementState.PUBLISHED) {
            return pages.refused(path(id), "announcements.refused.state");
        }
        return pages.ok("announcements/edit", workbench.editing(AnnouncementForm.of(view.content()), List.of(view)));
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
            return pages.invalid(
                    "announcements/edit", workbench.editing(form.reject("", "site.discarded.meanwhile"), List.of()));
        }
        AnnouncementView view = known.get();
        AnnouncementContent content = AnnouncementForm.read(form);
        long version = number(form.trimmed("version"));
        return saved(form, List.of(view), () -> desk.edit(account(), view.id(), version, content));
    }

    /** A draft that another has thrown away comes back in its thread, and says that it was changed. */
    private Optional<AnnouncementView> evenIfDiscarded(AnnouncementId id) {
        return desk.find(id).or(() -> {
            try {
                desk.bringBack(account(), id);
                return desk.find(id);
            } catch (AnnouncementUnknown gone) {
                return Optional.empty();
            }
        });
    }

    private Response saved(Form form, List<AnnouncementView> before, Supplier<AnnouncementView> save) {
        if (form.valid()) {
            try {
                return pages.done(path(save.get().id().value()), "announcements.done.saved");
            } catch (ContentRejected rejected) {
                AnnouncementForm.reject(form, rejected);
            } catch (EditedMeanwhile meanwhile) {
                form.reject("", "announcements.refused.meanwhile");
            } catch (NotInThisState state) {
                form.reject("", "announcements.refused.state");
            }
        }
        return pages.invalid("announcements/edit", workbench.editing(form, before));
    }

    /** The HTML of the mail, for a frame. */
    @GET
    @Path(ID + "/mail")
    @StaffRole(Role.ANNOUNCER)
    public Response mail(@PathParam("id") UUID id, @QueryParam("language") @DefaultValue("en") String language) {
        return pages.mail(preview(workbench.view(id), language).html());
    }

    /** The text part of the mail. */
    @GET
    @Path(ID + "/text")
    @StaffRole(Role.ANNOUNCER)
    public Response text(@PathParam("id") UUID id, @QueryParam("language") @DefaultValue("en") String language) {
        RenderedMail mail = preview(workbench.view(id), language);
        return Response.ok(mail.subject() + "\n\n" + mail.text())
                .header("Content-Type", "text/plain; charset=utf-8")
                .build();
    }

    private RenderedMail preview(AnnouncementView view, String language) {
        return desk.mail(view.id(), Locale.forLanguageTag(language));
    }

    @POST
    @Path(ID + "/test")
    @StaffRole(Role.ANNOUNCER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response test(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        AnnouncementView view = workbench.view(id);
        for (Locale language : view.content().wordings().keySet()) {
            desk.sendTest(account(), view.id(), language);
        }
        return pages.done(path(id), "announcements.done.test");
    }

    @POST
    @Path(ID + "/submit")
    @StaffRole(Role.ANNOUNCER)
    public Response submit(@PathParam("id") UUID id) {
        return decided(id, view -> {
            try {
                desk.submit(account(), view.id());
                return pages.done(path(id), "announcements.done.submitted");
            } catch (ContentRejected rejected) {
                // What is missing is said beside its field.
                Form form = AnnouncementForm.of(view.content());
                AnnouncementForm.reject(form, rejected);
                return pages.invalid("announcements/edit", workbench.editing(form, List.of(view)));
            } catch (FindingsOpen open) {
                return pages.refused(path(id), "announcements.refused.findings-go");
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
        return pages.ok("announcements/approve", approving(view, Form.empty()));
    }

    private Map<String, Object> approving(AnnouncementView view, Form form) {
        Map<String, Object> parameters = new HashMap<>(workbench.showing(view));
        parameters.put("form", form);
        parameters.put("audience", desk.audience(view.id()));
        return parameters;
    }

    @POST
    @Path(ID + "/approve")
    @StaffRole(Role.ANNOUNCER)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response approve(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        return decided(id, view -> {
            Form form = Form.of(sent);
            try {
                desk.approve(account(), view.id(), form.trimmed("digest"), FindingReasons.read(form, view.findings()));
                return pages.done(path(id), "announcements.done.approved");
            } catch (FindingsOpen open) {
                FindingReasons.reject(form, view.findings(), open);
                return pages.invalid("announcements/approve", approving(view, form));
            } catch (AuthorCannotApprove author) {
                return pages.refused(path(id), "announcements.refused.author");
            } catch (ContentChangedSinceShown changed) {
                return pages.refused(path(id), "announcements.refused.changed");
            }
        });
    }

    @POST
    @Path(ID + "/reject")
    @StaffRole(Role.ANNOUNCER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response reject(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        return decided(id, view -> {
            Form form = Form.of(sent);
            try {
                desk.reject(account(), view.id(), form.trimmed("reason"));
                return pages.done(path(id), "announcements.done.rejected");
            } catch (ReasonMissing missing) {
                form.reject("reason", "announcements.refused.reason");
                return pages.invalid("announcements/approve", approving(view, form));
            }
        });
    }

    @GET
    @Path(ID + "/publish")
    @StaffRole(Role.ANNOUNCER)
    @FreshSignIn
    public Response counting(@PathParam("id") UUID id) {
        AnnouncementView view = workbench.view(id);
        if (view.state() != AnnouncementState.APPROVED) {
            return pages.refused(path(id), "announcements.refused.state");
        }
        return pages.ok("announcements/publish", workbench.publishing(view, Form.empty(), false));
    }

    @POST
    @Path(ID + "/publish")
    @StaffRole(Role.ANNOUNCER)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response publish(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        AnnouncementView view = workbench.view(id);
        Form form = Form.of(sent);
        return published(
                view,
                form,
                false,
                () -> desk.publish(account(), view.id(), number(form.trimmed("count")), override(form)));
    }

    @GET
    @Path(ID + "/emergency")
    @StaffRole(Role.ANNOUNCER)
    @FreshSignIn
    public Response emergency(@PathParam("id") UUID id) {
        AnnouncementView view = workbench.view(id);
        if (view.state() == AnnouncementState.PUBLISHED
                || !view.content().type().emergencyAllowed()) {
            return pages.refused(path(id), "announcements.refused.state");
        }
        return pages.ok("announcements/publish", workbench.publishing(view, Form.empty(), true));
    }

    @POST
    @Path(ID + "/emergency")
    @StaffRole(Role.ANNOUNCER)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response publishInEmergency(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        AnnouncementView view = workbench.view(id);
        Form form = Form.of(sent);
        return published(
                view,
                form,
                true,
                () -> desk.publishInEmergency(
                        account(),
                        view.id(),
                        number(form.trimmed("count")),
                        form.trimmed("reason"),
                        FindingReasons.read(form, view.findings()),
                        override(form)));
    }

    private Response published(AnnouncementView view, Form form, boolean emergency, Runnable publish) {
        String back = path(view.id().value());
        try {
            publish.run();
            return workbench
                    .goesOut(view.id())
                    .map(when -> pages.done(back, "announcements.done.goes-out", when))
                    .orElseGet(() -> pages.done(back, "announcements.done.goes-out-now"));
        } catch (CountNotConfirmed count) {
            form.reject("count", "announcements.refused.count");
        } catch (MonthlyLimitReached limit) {
            form.reject("override", "announcements.refused.month");
        } catch (ReasonMissing missing) {
            form.reject("reason", "announcements.refused.reason");
        } catch (FindingsOpen open) {
            FindingReasons.reject(form, view.findings(), open);
        } catch (EmergencyNotReviewed waiting) {
            form.reject("", "announcements.refused.reviews-open", waiting.headline());
        } catch (ContentRejected rejected) {
            Form editing = AnnouncementForm.of(view.content());
            AnnouncementForm.reject(editing, rejected);
            return pages.invalid("announcements/edit", workbench.editing(editing, List.of(view)));
        } catch (ContentChangedSinceShown changed) {
            return pages.refused(back, "announcements.refused.changed");
        } catch (NotInThisState | EmergencyNotAllowed state) {
            return pages.refused(back, "announcements.refused.state");
        }
        return pages.invalid("announcements/publish", workbench.publishing(view, form, emergency));
    }

    private static Optional<String> override(Form form) {
        return Optional.of(form.trimmed("override")).filter(reason -> !reason.isEmpty());
    }

    /** How sending goes, for the page that stays open. */
    @GET
    @Path(ID + "/progress")
    @StaffRole(Role.ANNOUNCER)
    public Response progress(@PathParam("id") UUID id) {
        AnnouncementView view = workbench.view(id);
        if (workbench.progress(view).stream().noneMatch(MailingProgress::live)) {
            return Response.noContent().build();
        }
        Map<String, Object> parameters = workbench.figures(view);
        parameters.put("view", view);
        return pages.ok("announcements/progress", parameters);
    }

    /** After it stopped by itself. */
    @POST
    @Path(ID + "/resume")
    @StaffRole(Role.ANNOUNCER)
    @FreshSignIn
    public Response resume(@PathParam("id") UUID id) {
        return decided(id, view -> {
            desk.resume(account(), view.id());
            return pages.done(path(id), "announcements.done.resumed");
        });
    }

    /** Asks first: how many it would be, and why it did not reach them. */
    @GET
    @Path(ID + "/resend-rest")
    @StaffRole(Role.ANNOUNCER)
    public Response askToResend(@PathParam("id") UUID id) {
        AnnouncementView view = workbench.view(id);
        return workbench.progress(view).stream()
                .filter(progress -> progress.rest() > 0)
                .findFirst()
                .map(progress -> pages.ok("announcements/resend", Map.of("view", view, "progress", progress)))
                .orElseGet(() -> pages.seeOther(path(id)));
    }

    @POST
    @Path(ID + "/resend-rest")
    @StaffRole(Role.ANNOUNCER)
    @FreshSignIn
    public Response resendToRest(@PathParam("id") UUID id) {
        return decided(id, view -> {
            desk.resendToRest(account(), view.id());
            return pages.done(path(id), "announcements.done.resent-rest");
        });
    }

    /** Asks first. Taking it back within the undo window needs no question: nothing is lost by it, and time runs. */
    @GET
    @Path(ID + "/stop")
    @StaffRole(Role.ANNOUNCER)
    public Response askToStop(@PathParam("id") UUID id) {
        AnnouncementView view = workbench.view(id);
        return workbench.progress(view).stream().anyMatch(MailingProgress::live)
                ? pages.ok("announcements/ask", Map.of("view", view, "step", "stop"))
                : pages.seeOther(path(id));
    }

    @POST
    @Path(ID + "/stop")
    @StaffRole(Role.ANNOUNCER)
    public Response stop(@PathParam("id") UUID id) {
        return decided(id, view -> {
            AnnouncementView stopped = desk.stop(account(), view.id());
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
        return decided(id, view -> {
            Form form = Form.of(sent);
            try {
                desk.review(account(), view.id(), form.trimmed("judgement"));
                return pages.done(path(id), "announcements.done.reviewed");
            } catch (ReasonMissing missing) {
                form.reject("judgement", "announcements.refused.reason");
                Map<String, Object> parameters = workbench.showing(view);
                parameters.put("confirm", form);
                return pages.invalid("announcements/workbench", parameters);
            } catch (AuthorCannotApprove author) {
                return pages.refused(path(id), "announcements.refused.author");
            }
        });
    }

    @POST
    @Path(ID + "/update")
    @StaffRole(Role.ANNOUNCER)
    public Response update(@PathParam("id") UUID id) {
        return decided(id, view -> {
            AnnouncementView update = desk.draftUpdate(account(), view.id());
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
                : pages.ok("announcements/ask", Map.of("view", view, "step", "discard"));
    }

    @POST
    @Path(ID + "/discard")
    @StaffRole(Role.ANNOUNCER)
    public Response discard(@PathParam("id") UUID id) {
        return decided(id, view -> {
            desk.discard(account(), view.id());
            return pages.done("/staff/announcements", "announcements.done.discarded");
        });
    }

    @POST
    @Path(ID + "/bring-back")
    @StaffRole(Role.ANNOUNCER)
    public Response bringBack(@PathParam("id") UUID id) {
        try {
            desk.bringBack(account(), new AnnouncementId(id));
            return pages.done(path(id), "site.discarded.done");
        } catch (AnnouncementUnknown gone) {
            return pages.refused("/staff/announcements", "site.discarded.gone");
        }
    }

    /** Back to its page when another decision was faster. */
    private Response decided(UUID id, Function<AnnouncementView, Response> decision) {
        AnnouncementView view = workbench.view(id);
        try {
            return decision.apply(view);
        } catch (NotInThisState state) {
            return pages.refused(path(id), "announcements.refused.state");
        }
    }

    private AccountId account() {
        return visitor.account();
    }

    private static String path(UUID id) {
        return "/staff/announcements/" + id;
    }

    /** What cannot be a number is one that nothing equals. */
    private static long number(String typed) {
        String digits = typed.replaceAll("[\\s.,’' ]", "");
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }
}
