package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tidings.accounts.Role;
import org.tidings.mail.AudienceCount;
import org.tidings.mail.MailingLimits;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.Mailings;
import org.tidings.mail.RestoredDatabase;
import org.tidings.mail.SendingFigures;
import org.tidings.newsletter.ChangedMeanwhile;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.IssueNotInState;
import org.tidings.newsletter.IssueState;
import org.tidings.newsletter.IssueView;
import org.tidings.newsletter.Issues;
import org.tidings.newsletter.Segments;
import org.tidings.newsletter.SendTimePassed;
import org.tidings.newsletter.SendTimeTooFar;
import org.tidings.site.Now;
import org.tidings.web.SiteSettings;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** Sending an issue: to how many, since when, and how far. */
@Path("/staff/issues")
public class SendingResource {
    /** JAX-RS looks for a method in the class whose path fits best and in no other: so these classes have the same. */
    private static final String ONE = "{id: [0-9a-f-]{36}}";

    private final Pages pages;
    private final Visitor visitor;
    private final Issues issues;
    private final Segments segments;
    private final Mailings mailings;
    private final SendingFigures sending;
    private final RestoredDatabase restored;
    private final SiteSettings settings;
    private final Clock clock;

    @Inject
    public SendingResource(
            Pages pages,
            Visitor visitor,
            Issues issues,
            Segments segments,
            Mailings mailings,
            SendingFigures sending,
            RestoredDatabase restored,
            SiteSettings settings,
            Clock clock) {
        this.pages = pages;
        this.visitor = visitor;
        this.issues = issues;
        this.segments = segments;
        this.mailings = mailings;
        this.sending = sending;
        this.restored = restored;
        this.settings = settings;
        this.clock = clock;
    }

    /** The audience, counted now, with the reasons for who is left out. */
    @GET
    @Path(ONE + "/send")
    @StaffRole(Role.PUBLISHER)
    public Response ask(@PathParam("id") UUID id) {
        return ask(200, find(id), Form.empty());
    }

    private Response ask(int status, IssueView issue, Form form) {
        if (issue.state() != IssueState.DRAFT) {
            return pages.seeOther(path(issue, "/sending"));
        }
        AudienceCount audience = issues.audience(issue.id());
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("issue", issue);
        parameters.put("audience", audience);
        parameters.put("segments", segments.all());
        parameters.put("choice", segments.of(issue.id()));
        parameters.put("form", form);
        parameters.put("zonesKnown", Math.min(issues.zonesKnown(issue.id()), audience.recipients()));
        parameters.put("size", size(issue));
        parameters.put("zone", settings.zone().getId().replace("Etc/UTC", "UTC"));
        return pages.respond(status, "issues/send", parameters);
    }

    /** The number is typed, so that nobody sends to many by a slip. */
    @POST
    @Path(ONE + "/send")
    @StaffRole(Role.PUBLISHER)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response send(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        IssueView issue = find(id);
        Form form = Form.of(sent);
        AudienceCount audience = issues.audience(issue.id());
        if (!form.value("count").replaceAll("[^0-9]", "").equals(Long.toString(audience.recipients()))) {
            form.reject("count", "issues.send.count.wrong");
        }
        if (audience.recipients() == 0) {
            form.reject("", "issues.send.nobody");
        }
        OffsetDateTime at = null;
        if (!form.trimmed("at").isEmpty()) {
            Optional<OffsetDateTime> read = Moments.read(form.trimmed("at"), settings.zone());
            if (read.isEmpty()) {
                form.reject(
                        "at",
                        Moments.skipped(form.trimmed("at"), settings.zone())
                                ? "issues.send.at.skipped"
                                : "issues.send.at.wrong");
            }
            at = read.orElse(null);
        }
        MailingLimits limits = Limits.read(form);
        if (!form.ticked("large", "yes") && size(issue).filter(MailSize::large).isPresent()) {
            form.reject("large", "issues.send.large.missing");
        }
        if (!form.valid()) {
            return ask(422, issue, form);
        }
        try {
            issues.send(issue.id(), Versions.read(form), at, limits, visitor.account());
        } catch (SendTimePassed e) {
            return ask(422, issue, form.reject("at", "issues.send.at.past"));
        } catch (SendTimeTooFar e) {
            return ask(422, issue, form.reject("at", "issues.send.at.far"));
        } catch (ChangedMeanwhile e) {
            return ask(422, find(id), form.reject("", "issues.changed-meanwhile"));
        } catch (IssueNotInState e) {
            return pages.refused(path(issue, "/sending"), "issues.not-in-state");
        }
        return pages.seeOther(path(issue, "/sending"));
    }

    private Optional<MailSize> size(IssueView issue) {
        return MailSize.of(
                issues, issue.newsletter().id(), issue.text(), visitor.member().name());
    }

    @GET
    @Path(ONE + "/sending")
    @StaffRole({Role.EDITOR, Role.PUBLISHER})
    public Response sending(@PathParam("id") UUID id) {
        IssueView issue = find(id);
        return issue.state() == IssueState.DRAFT
                ? pages.seeOther("/staff/issues/" + id)
                : pages.ok("issues/sending", figures(issue));
    }

    /** The moving part of the page; 204 when nothing will move any more. */
    @GET
    @Path(ONE + "/progress")
    @StaffRole({Role.EDITOR, Role.PUBLISHER})
    public Response progress(@PathParam("id") UUID id) {
        IssueView issue = find(id);
        return moving(issue)
                ? pages.ok("issues/progress", figures(issue))
                : Response.noContent().build();
    }

    /** What was sent can go to the rest again. */
    private boolean moving(IssueView issue) {
        return switch (issue.state()) {
            case SENDING, SCHEDULED -> true;
            case DRAFT -> false;
            case SENT, CANCELLED ->
                issue.mailing()
                        .flatMap(mailings::progress)
                        .filter(MailingProgress::live)
                        .isPresent();
        };
    }

    private Map<String, Object> figures(IssueView issue) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("issue", issue);
        parameters.put("progress", issue.mailing().flatMap(mailings::progress));
        parameters.put("mayDecide", visitor.has(Role.PUBLISHER));
        parameters.put("stopped", mailings.allStopped());
        parameters.put("restored", restored.noticed().isPresent());
        parameters.put("opens", Limits.opens(issue.limits(), Now.by(clock), settings.zone()));
        parameters.put("stoppedItself", issue.mailing().flatMap(sending::stopped));
        parameters.put("moving", moving(issue));
        parameters.put("undo", issue.sentAt().map(this::left).filter(left -> left.compareTo(Duration.ZERO) > 0));
        return parameters;
    }

    private Duration left(OffsetDateTime until) {
        return Duration.between(clock.instant(), until.toInstant());
    }

    @POST
    @Path(ONE + "/pause")
    @StaffRole(Role.PUBLISHER)
    public Response pause(@PathParam("id") UUID id) {
        return decide(id, issue -> issues.pause(issue, visitor.account()), "issues.sending.paused");
    }

    @POST
    @Path(ONE + "/resume")
    @StaffRole(Role.PUBLISHER)
    @FreshSignIn
    public Response resume(@PathParam("id") UUID id) {
        return decide(id, issue -> issues.resume(issue, visitor.account()), "issues.sending.resumed");
    }

    @POST
    @Path(ONE + "/cancel")
    @StaffRole(Role.PUBLISHER)
    public Response cancel(@PathParam("id") UUID id) {
        IssueView issue = find(id);
        try {
            issues.cancel(issue.id(), visitor.account());
        } catch (IssueNotInState e) {
            return pages.refused(path(issue, "/sending"), "issues.not-in-state");
        }
        return find(id).state() == IssueState.DRAFT
                ? pages.done(path(issue, ""), "issues.sending.taken-back")
                : pages.done(path(issue, "/sending"), "issues.sending.cancelled");
    }

    @POST
    @Path(ONE + "/resend")
    @StaffRole(Role.PUBLISHER)
    @FreshSignIn
    public Response resend(@PathParam("id") UUID id) {
        return decide(id, issue -> issues.resendToFailed(issue, visitor.account()), "issues.sending.resent");
    }

    /** Asks first: how many it would be, and why it did not reach them. */
    @GET
    @Path(ONE + "/resend-rest")
    @StaffRole(Role.PUBLISHER)
    public Response askToResend(@PathParam("id") UUID id) {
        IssueView issue = find(id);
        Optional<MailingProgress> progress =
                issue.mailing().flatMap(mailings::progress).filter(figures -> figures.rest() > 0);
        return progress.isEmpty()
                ? pages.seeOther(path(issue, "/sending"))
                : pages.ok("issues/resend", Map.of("issue", issue, "progress", progress.get()));
    }

    @POST
    @Path(ONE + "/resend-rest")
    @StaffRole(Role.PUBLISHER)
    @FreshSignIn
    public Response resendToRest(@PathParam("id") UUID id) {
        return decide(id, issue -> issues.resendToRest(issue, visitor.account()), "issues.sending.resent-rest");
    }

    /** A decision about a running mailing. */
    private interface Decision {
        void take(IssueId issue);
    }

    private Response decide(UUID id, Decision decision, String said) {
        IssueView issue = find(id);
        try {
            decision.take(issue.id());
        } catch (IssueNotInState e) {
            return pages.refused(path(issue, "/sending"), "issues.not-in-state");
        }
        return pages.done(path(issue, "/sending"), said);
    }

    private IssueView find(UUID id) {
        return issues.find(new IssueId(id)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    private static String path(IssueView issue, String page) {
        return "/staff/issues/" + issue.id().value() + page;
    }

    /** Sent, of all that will be tried; for the bar. */
    public static long decided(MailingProgress progress) {
        long skipped =
                progress.skipped().values().stream().mapToLong(Long::longValue).sum();
        return progress.sent() + progress.failed() + skipped;
    }
}
