package org.tidings.web.newsletter;

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
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.Role;
import org.tidings.mail.Appearance;
import org.tidings.mail.RenderedMail;
import org.tidings.newsletter.Attributes;
import org.tidings.newsletter.ChangedMeanwhile;
import org.tidings.newsletter.IssueId;
import org.tidings.newsletter.IssueNotInState;
import org.tidings.newsletter.IssueProblem;
import org.tidings.newsletter.IssueState;
import org.tidings.newsletter.IssueText;
import org.tidings.newsletter.IssueTextRejected;
import org.tidings.newsletter.IssueUnknown;
import org.tidings.newsletter.IssueView;
import org.tidings.newsletter.Issues;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.DiscardedDraft;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** Where issues are written and tested. */
@Path("/staff/issues")
public class IssuesResource {

    private static final int SHOWN = 50;
    private static final int DISCARDED_SHOWN = 20;
    private static final String ID = "{id: [0-9a-f-]{36}}";

    private final Pages pages;
    private final Visitor visitor;
    private final Newsletters newsletters;
    private final Issues issues;
    private final Attributes attributes;
    private final IssueStandings standings;

    @Inject
    public IssuesResource(
            Pages pages,
            Visitor visitor,
            Newsletters newsletters,
            Issues issues,
            Attributes attributes,
            IssueStandings standings) {
        this.pages = pages;
        this.visitor = visitor;
        this.newsletters = newsletters;
        this.issues = issues;
        this.attributes = attributes;
        this.standings = standings;
    }

    @GET
    @StaffRole({Role.EDITOR, Role.PUBLISHER})
    public Response list(@QueryParam("before") @Nullable UUID before) {
        List<IssueView> shown = issues.latest(before == null ? null : new IssueId(before), SHOWN);
        boolean mayWrite = visitor.has(Role.EDITOR);
        return pages.ok(
                "issues/list",
                Map.of(
                        "issues",
                        shown,
                        "standing",
                        standings.of(shown),
                        "more",
                        shown.size() == SHOWN,
                        "any",
                        !newsletters.all().isEmpty(),
                        "mayWrite",
                        mayWrite,
                        "discarded",
                        mayWrite && before == null ? discarded() : List.of()));
    }

    private List<DiscardedDraft> discarded() {
        return issues.discarded(DISCARDED_SHOWN).stream()
                .map(issue -> new DiscardedDraft(
                        issue.text().subject(),
                        issue.changedAt(),
                        "/staff/issues/" + issue.id().value() + "/bring-back"))
                .toList();
    }

    @GET
    @Path("new")
    @StaffRole(Role.EDITOR)
    public Response blank(@QueryParam("newsletter") @DefaultValue("") String newsletter) {
        return pages.ok(
                "issues/edit",
                parameters("", Form.empty().fill("newsletter", newsletter).fill("view", "phone")));
    }

    @POST
    @Path("new")
    @StaffRole(Role.EDITOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response write(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        Optional<NewsletterView> newsletter = newsletter(form);
        if (newsletter.isEmpty()) {
            form.reject("newsletter", "issues.edit.newsletter.missing");
        }
        try {
            if (newsletter.isPresent()) {
                IssueId id = issues.write(newsletter.get().id(), text(form), visitor.account());
                return after(id, form);
            }
        } catch (IssueTextRejected e) {
            reject(form, e.problems());
        }
        return pages.invalid("issues/edit", parameters("", form));
    }

    @GET
    @Path(ID)
    @StaffRole({Role.EDITOR, Role.PUBLISHER})
    public Response look(@PathParam("id") UUID id) {
        IssueView issue = find(id);
        if (issue.state() != IssueState.DRAFT) {
            return pages.seeOther("/staff/issues/" + id + "/sending");
        }
        if (!visitor.has(Role.EDITOR)) {
            return pages.seeOther("/staff/issues/" + id + "/send");
        }
        Form form = Form.empty()
                .fill("newsletter", issue.newsletter().slug())
                .fill("subject", issue.text().subject())
                .fill("preheader", issue.text().preheader())
                .fill("markdown", issue.text().markdown())
                .fill("version", Long.toString(issue.version()))
                .fill("view", "phone");
        return pages.ok("issues/edit", parameters(id.toString(), form));
    }

    @POST
    @Path(ID)
    @StaffRole(Role.EDITOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response rewrite(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        IssueId issue = new IssueId(id);
        if (issues.find(issue).isEmpty()) {
            // What was typed is not lost with the draft.
            return pages.invalid("issues/edit", parameters("", form.reject("", "site.discarded.meanwhile")));
        }
        try {
            issues.rewrite(issue, text(form), Versions.read(form), visitor.account());
            return after(issue, form);
        } catch (IssueTextRejected e) {
            reject(form, e.problems());
        } catch (ChangedMeanwhile e) {
            form.reject("", "issues.changed-meanwhile");
        } catch (IssueNotInState e) {
            return pages.refused("/staff/issues/" + id + "/sending", "issues.not-in-state");
        }
        return pages.invalid("issues/edit", parameters(id.toString(), form));
    }

    /** Saved; what the pressed button wants besides comes now. */
    private Response after(IssueId issue, Form form) {
        String path = "/staff/issues/" + issue.value();
        return switch (form.value("then")) {
            case "test" -> {
                issues.sendTest(issue, visitor.account());
                yield pages.done(path, "issues.edit.tested");
            }
            case "send" -> pages.seeOther(path + "/send");
            default -> pages.done(path, "issues.edit.saved");
        };
    }

    @POST
    @Path(ID + "/discard")
    @StaffRole(Role.EDITOR)
    public Response discard(@PathParam("id") UUID id) {
        find(id);
        try {
            issues.discard(new IssueId(id), visitor.account());
        } catch (IssueNotInState e) {
            return pages.refused("/staff/issues/" + id + "/sending", "issues.not-in-state");
        }
        return pages.done("/staff/issues", "issues.edit.discarded");
    }

    @POST
    @Path(ID + "/bring-back")
    @StaffRole(Role.EDITOR)
    public Response bringBack(@PathParam("id") UUID id) {
        try {
            issues.bringBack(new IssueId(id), visitor.account());
        } catch (IssueUnknown e) {
            return pages.refused("/staff/issues", "site.discarded.gone");
        }
        return pages.done("/staff/issues/" + id, "site.discarded.done");
    }

    /** Its text as a new draft, whatever became of it; when it is sent is decided anew. */
    @POST
    @Path(ID + "/copy")
    @StaffRole(Role.EDITOR)
    public Response copy(@PathParam("id") UUID id) {
        IssueView issue = find(id);
        try {
            IssueId copy = issues.write(issue.newsletter().id(), issue.text(), visitor.account());
            return pages.done("/staff/issues/" + copy.value(), "issues.sending.copied");
        } catch (IssueTextRejected e) {
            // What was right when it was sent is not now.
            Form form = Form.empty()
                    .fill("newsletter", issue.newsletter().slug())
                    .fill("subject", issue.text().subject())
                    .fill("preheader", issue.text().preheader())
                    .fill("markdown", issue.text().markdown())
                    .fill("view", "phone");
            reject(form, e.problems());
            return pages.invalid("issues/edit", parameters("", form));
        }
    }

    /**
     * What becomes of the text on the page, for the frame beside it. Nothing is stored.
     *
     * @see Pages#mail
     */
    @POST
    @Path("preview")
    @StaffRole({Role.EDITOR, Role.PUBLISHER})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response preview(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        Optional<NewsletterView> newsletter =
                newsletter(form).or(() -> newsletters.all().stream().findFirst());
        if (newsletter.isEmpty()) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        try {
            return show(
                    issues.preview(
                            newsletter.get().id(), text(form), visitor.member().name(), appearance(form.value("view"))),
                    form.value("view"));
        } catch (IssueTextRejected e) {
            return problems(e.problems());
        }
    }

    /** A stored issue as readers get it, for the frame on the pages of sending. */
    @GET
    @Path(ID + "/mail")
    @StaffRole({Role.EDITOR, Role.PUBLISHER})
    public Response mail(@PathParam("id") UUID id, @QueryParam("view") @DefaultValue("") String view) {
        IssueView issue = find(id);
        return show(
                issues.preview(
                        issue.newsletter().id(), issue.text(), visitor.member().name(), appearance(view)),
                view);
    }

    /** How large the mail of the text on the page would be, for the line under it; nothing while it cannot be sent. */
    @POST
    @Path("size")
    @StaffRole({Role.EDITOR, Role.PUBLISHER})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response size(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return newsletter(form)
                .flatMap(of -> MailSize.of(
                        issues, of.id(), text(form), visitor.member().name()))
                .map(size -> pages.ok("issues/size", Map.of("size", size)))
                .orElseGet(() -> Response.noContent().build());
    }

    private Response show(RenderedMail mail, String view) {
        if (view.equals("text")) {
            return framed(Response.ok(mail.text().getBytes(StandardCharsets.UTF_8))
                    .header("Content-Type", "text/plain; charset=utf-8"));
        }
        return pages.mail(mail.html());
    }

    /** The reader's own setting decides in a mail; on this page the editor does. */
    private static Appearance appearance(String view) {
        return view.equals("dark") ? Appearance.DARK : Appearance.LIGHT;
    }

    private Response problems(List<IssueProblem> problems) {
        StringBuilder words = new StringBuilder();
        for (IssueProblem problem : problems) {
            words.append("• ").append(words(problem)).append('\n');
        }
        return framed(Response.ok(words.toString().getBytes(StandardCharsets.UTF_8))
                .header("Content-Type", "text/plain; charset=utf-8"));
    }

    private static Response framed(Response.ResponseBuilder response) {
        return response.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'self'; sandbox")
                .header("X-Frame-Options", "SAMEORIGIN")
                .build();
    }

    private String words(IssueProblem problem) {
        return pages.t(key(problem), problem.line(), problem.detail());
    }

    private static String key(IssueProblem problem) {
        return "issues.problem."
                + problem.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void reject(Form form, List<IssueProblem> problems) {
        Map<String, StringBuilder> words = new LinkedHashMap<>();
        for (IssueProblem problem : problems) {
            StringBuilder all = words.computeIfAbsent(problem.field(), field -> new StringBuilder());
            all.append(all.isEmpty() ? "" : " ").append(words(problem));
        }
        words.forEach((field, all) -> form.reject(field, "issues.problem.words", all.toString()));
    }

    private Map<String, Object> parameters(String id, Form form) {
        Map<String, String> options = new LinkedHashMap<>();
        newsletters.all().forEach(n -> options.put(n.slug(), n.name()));
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("id", id);
        parameters.put("form", form);
        parameters.put("newsletters", options);
        parameters.put("fields", attributes.all());
        parameters.put("maySend", visitor.has(Role.PUBLISHER));
        parameters.put(
                "size",
                newsletter(form)
                        .flatMap(of -> MailSize.of(
                                issues, of.id(), text(form), visitor.member().name())));
        return parameters;
    }

    private Optional<NewsletterView> newsletter(Form form) {
        return newsletters.findBySlug(form.value("newsletter"));
    }

    /** Browsers send line ends as CRLF. */
    private static IssueText text(Form form) {
        return new IssueText(
                form.trimmed("subject"),
                form.trimmed("preheader"),
                form.value("markdown").replace("\r\n", "\n"));
    }

    private IssueView find(UUID id) {
        return issues.find(new IssueId(id)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }
}
