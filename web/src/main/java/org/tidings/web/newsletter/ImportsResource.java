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
import jakarta.ws.rs.core.StreamingOutput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.Role;
import org.tidings.newsletter.Attributes;
import org.tidings.newsletter.ColumnsUnclear;
import org.tidings.newsletter.ImportAnswer;
import org.tidings.newsletter.ImportId;
import org.tidings.newsletter.ImportNotInState;
import org.tidings.newsletter.ImportUnknown;
import org.tidings.newsletter.ImportView;
import org.tidings.newsletter.Imports;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** An import after its file was taken: what the columns mean, what would come of it, how far it is, what came of it. */
@Path("/staff/imports")
public class ImportsResource {

    private static final String ONE = "{id: [0-9a-f-]{36}}";
    private static final int LISTED = 50;

    private final Pages pages;
    private final Visitor visitor;
    private final Newsletters newsletters;
    private final Imports imports;
    private final Attributes attributes;
    private final LooksOnRecord looks;

    @Inject
    public ImportsResource(
            Pages pages,
            Visitor visitor,
            Newsletters newsletters,
            Imports imports,
            Attributes attributes,
            LooksOnRecord looks) {
        this.pages = pages;
        this.visitor = visitor;
        this.newsletters = newsletters;
        this.imports = imports;
        this.attributes = attributes;
        this.looks = looks;
    }

    @GET
    @StaffRole(Role.PUBLISHER)
    public Response list(
            @QueryParam("newsletter") @DefaultValue("") String slug, @QueryParam("before") @Nullable UUID before) {
        Optional<NewsletterView> chosen = newsletters.findBySlug(slug);
        List<ImportView> found = imports.newest(
                chosen.map(NewsletterView::id).orElse(null), before == null ? null : new ImportId(before), LISTED);
        Map<Object, String> names = new HashMap<>();
        newsletters.all().forEach(newsletter -> names.put(newsletter.id(), newsletter.name()));
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("imports", found);
        parameters.put("names", names);
        parameters.put("slug", chosen.map(NewsletterView::slug).orElse(""));
        parameters.put("more", found.size() == LISTED);
        return pages.ok("imports/list", parameters);
    }

    @GET
    @Path(ONE)
    @StaffRole(Role.PUBLISHER)
    public Response look(@PathParam("id") UUID id) {
        return page(200, find(id), Form.empty());
    }

    private Response page(int status, ImportView view, Form form) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("view", view);
        parameters.put(
                "newsletter",
                newsletters.find(view.newsletter()).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND)));
        if (view.state().isWorking()) {
            return pages.respond(status, "imports/working", parameters);
        }
        parameters.put("form", form);
        parameters.put("attributes", attributes.all());
        return pages.respond(
                status,
                switch (view.state()) {
                    case MAPPING -> "imports/columns";
                    case ASKING -> "imports/questions";
                    case READY -> "imports/ready";
                    default -> "imports/report";
                },
                parameters);
    }

    /** The moving part of the page. When nothing moves any more it says so, and the page is asked for anew. */
    @GET
    @Path(ONE + "/progress")
    @StaffRole(Role.PUBLISHER)
    public Response progress(@PathParam("id") UUID id) {
        return pages.ok("imports/progress", Map.of("view", find(id)));
    }

    @POST
    @Path(ONE + "/columns")
    @StaffRole(Role.PUBLISHER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response map(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        ImportView view = find(id);
        Form form = Form.of(sent);
        try {
            imports.map(
                    view.id(), ColumnsForm.columns(form, view), ColumnsForm.everybody(form, view), visitor.account());
        } catch (ColumnsUnclear e) {
            return page(422, view, ColumnsForm.refused(form, view, e));
        } catch (ImportNotInState e) {
            return back(id);
        } catch (ImportUnknown e) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        imports.hurry(view.id());
        return back(id);
    }

    @POST
    @Path(ONE + "/encoding")
    @StaffRole(Role.PUBLISHER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response readAs(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        String encoding = Form.of(sent).value("encoding");
        if (!ImportWords.ENCODINGS.contains(encoding)) {
            throw new Problem(ProblemType.BAD_REQUEST);
        }
        return decide(id, one -> imports.readAs(one, encoding, visitor.account()));
    }

    @POST
    @Path(ONE + "/answers")
    @StaffRole(Role.PUBLISHER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response answer(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        Map<String, ImportAnswer> answers = ImportQuestions.answers(Form.of(sent));
        return decide(id, one -> imports.answer(one, answers, visitor.account()));
    }

    @POST
    @Path(ONE + "/back")
    @StaffRole(Role.PUBLISHER)
    public Response mapAnew(@PathParam("id") UUID id) {
        return decide(id, one -> imports.mapAnew(one, visitor.account()));
    }

    @POST
    @Path(ONE + "/run")
    @StaffRole(Role.PUBLISHER)
    @FreshSignIn
    public Response run(@PathParam("id") UUID id) {
        return decide(id, one -> imports.run(one, visitor.account()));
    }

    @POST
    @Path(ONE + "/give-up")
    @StaffRole(Role.PUBLISHER)
    public Response giveUp(@PathParam("id") UUID id) {
        return decide(id, one -> imports.giveUp(one, visitor.account()));
    }

    /** Asks first. */
    @GET
    @Path(ONE + "/undo")
    @StaffRole(Role.PUBLISHER)
    public Response askToUndo(@PathParam("id") UUID id) {
        ImportView view = find(id);
        return view.undoable() ? pages.ok("imports/undo", Map.of("view", view)) : back(id);
    }

    @POST
    @Path(ONE + "/undo")
    @StaffRole(Role.PUBLISHER)
    @FreshSignIn
    public Response undo(@PathParam("id") UUID id) {
        return decide(id, one -> imports.undo(one, visitor.account()));
    }

    @GET
    @Path(ONE + "/wrong-rows.csv")
    @StaffRole(Role.PUBLISHER)
    @FreshSignIn
    public Response wrongRows(@PathParam("id") UUID id) {
        ImportView view = find(id);
        looks.wrongRowsTaken(view);
        StreamingOutput stream = out -> imports.wrongRows(view.id(), out);
        return Response.ok(stream)
                .header("Content-Type", "text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"wrong-rows.csv\"")
                .build();
    }

    /** A decision about an import. */
    private interface Decision {
        void take(ImportId id);
    }

    /** Whoever decided what somebody else has decided meanwhile sees how it is. */
    private Response decide(UUID id, Decision decision) {
        ImportId one = find(id).id();
        try {
            decision.take(one);
            imports.hurry(one);
        } catch (ImportNotInState e) {
            return pages.refused("/staff/imports/" + id, "imports.not-in-state");
        } catch (ImportUnknown e) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        return back(id);
    }

    private Response back(UUID id) {
        return pages.seeOther("/staff/imports/" + id);
    }

    private ImportView find(UUID id) {
        return imports.find(new ImportId(id)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }
}
