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
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tidings.accounts.Role;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementRefused.ContentRejected;
import org.tidings.announcements.AnnouncementRefused.NotInThisState;
import org.tidings.announcements.AnnouncementRefused.PeopleWereTold;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Ending;
import org.tidings.announcements.Endings;
import org.tidings.announcements.Endings.Choices;
import org.tidings.announcements.Outcome;
import org.tidings.announcements.Window;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.PageModel;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.ShownBy;

/** How did it end? One page for called off, finished, and takes longer; by mail, which is approved as any, or without. */
@Path("/staff/endings/" + AnnouncementsResource.ID)
public class EndingResource {
    private static final String LONGER = "longer";
    private static final String FINISHED = "finished";
    private static final String UNTIL = "until";

    private final Pages pages;
    private final Visitor visitor;
    private final Endings endings;
    private final Workbench workbench;

    @Inject
    public EndingResource(Pages pages, Visitor visitor, Endings endings, Workbench workbench) {
        this.pages = pages;
        this.visitor = visitor;
        this.endings = endings;
        this.workbench = workbench;
    }

    @GET
    @StaffRole(Role.ANNOUNCER)
    public Response ask(@PathParam("id") UUID id) {
        AnnouncementView view = workbench.view(id);
        Choices choices = endings.choices(view.id());
        if (choices.none()) {
            return pages.refused(path(id), "announcements.refused.ended");
        }
        return pages.ok(asking(view, choices, blank(choices), false));
    }

    /** Finished now; told where somebody was told that it would be. */
    private Form blank(Choices choices) {
        Form form = Form.empty();
        OffsetDateTime now = workbench.now().truncatedTo(ChronoUnit.MINUTES);
        choices.window().ifPresent(window -> {
            AnnouncementForm.fill(form, FINISHED, now.atZoneSameInstant(window.zone()));
            form.fill(UNTIL, "");
        });
        if (choices.mail() && choices.told() > 0) {
            form.fill("tell", "yes");
        }
        return form;
    }

    private static EndPage asking(AnnouncementView view, Choices choices, Form form, boolean confirming) {
        String zone = choices.window().map(window -> window.zone().getId()).orElse("");
        return new EndPage(view, choices, form, confirming, AnnouncementForm.twice(form, zone, FINISHED, UNTIL));
    }

    @POST
    @StaffRole(Role.ANNOUNCER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response end(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        AnnouncementView view = workbench.view(id);
        Choices choices = endings.choices(view.id());
        Form form = Form.of(sent);
        try {
            Optional<Ending> ending = read(form, choices);
            if (ending.isEmpty()) {
                return pages.invalid(asking(view, choices, form, false));
            }
            if (form.ticked("tell") || ending.get().outcome().isEmpty()) {
                AnnouncementView update = endings.tell(visitor.account(), view.id(), ending.get());
                return pages.done(path(update.id().value()) + "/edit", "announcements.done.ending-begun");
            }
            endings.close(visitor.account(), view.id(), ending.get(), form.ticked("confirmed"));
            return pages.done(path(id), "announcements.done.closed");
        } catch (PeopleWereTold told) {
            return pages.invalid(asking(view, choices, form, true));
        } catch (ContentRejected rejected) {
            rejected.problems()
                    .forEach(problem -> form.reject(field(problem.field(), form), AnnouncementForm.reason(problem)));
            return pages.invalid(asking(view, choices, form, false));
        } catch (NotInThisState state) {
            return pages.refused(path(id), "announcements.refused.ended");
        } catch (AnnouncementRefused refused) {
            return pages.refused(path(id), RefusalWords.key(refused), RefusalWords.facts(refused));
        }
    }

    private static String field(String problem, Form form) {
        if (!problem.equals("at")) {
            return "outcome";
        }
        return form.trimmed("outcome").equals(LONGER) ? UNTIL : FINISHED;
    }

    /** Empty, with the reason in the form, where something is missing. */
    private static Optional<Ending> read(Form form, Choices choices) {
        String outcome = form.trimmed("outcome");
        for (Outcome known : List.of(Outcome.CANCELLED, Outcome.COMPLETED)) {
            if (Words.kebab(known).equals(outcome)) {
                Optional<OffsetDateTime> at =
                        known == Outcome.COMPLETED ? moment(form, FINISHED, choices) : Optional.empty();
                return form.valid() ? Optional.of(new Ending(Optional.of(known), at)) : Optional.empty();
            }
        }
        if (outcome.equals(LONGER)) {
            form.require(UNTIL, "announcements.refused.missing");
            Optional<OffsetDateTime> until = moment(form, UNTIL, choices);
            return form.valid() ? until.map(Ending::longer) : Optional.empty();
        }
        form.reject("outcome", "announcements.refused.outcome");
        return Optional.empty();
    }

    private static Optional<OffsetDateTime> moment(Form form, String field, Choices choices) {
        return choices.window().map(Window::zone).flatMap(zone -> AnnouncementForm.moment(form, field, zone));
    }

    private static String path(UUID id) {
        return "/staff/announcements/" + id;
    }

    /**
     * How did it end?
     *
     * @param confirming asks once more: who was told by mail will not be told of the end
     * @param twice by field: the offsets between which to choose where an hour comes twice
     */
    @ShownBy("announcements/end")
    public record EndPage(
            AnnouncementView view, Choices choices, Form form, boolean confirming, Map<String, List<String>> twice)
            implements PageModel {}
}
