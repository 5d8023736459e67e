package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityPart;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.Role;
import org.tidings.newsletter.ImportOrder;
import org.tidings.newsletter.ImportRejected;
import org.tidings.newsletter.ImportReport;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.Subscribers;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Utf8;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/**
 * Bringing a list in: what would come of it, what has to be asked first, what came of it. The answer to an import is a page of its own, since
 * what was left out is nowhere else; sent again it changes nothing more.
 */
@Path("/staff/subscribers/import")
public class ImportingResource {

    private static final int LONGEST_FIELD = 20_000;
    private static final int LONGEST_ROWS = 8_000_000;

    private final Pages pages;
    private final Visitor visitor;
    private final Newsletters newsletters;
    private final Subscribers subscribers;

    @Inject
    public ImportingResource(Pages pages, Visitor visitor, Newsletters newsletters, Subscribers subscribers) {
        this.pages = pages;
        this.visitor = visitor;
        this.newsletters = newsletters;
        this.subscribers = subscribers;
    }

    @GET
    @StaffRole(Role.PUBLISHER)
    @FreshSignIn
    public Response form(@QueryParam("newsletter") @DefaultValue("") String slug) {
        return page(200, bySlug(slug), Form.empty(), UploadedList.none(), null, "");
    }

    /** The password was asked for before the file was chosen, since no file waits while it is given: so there is time to look at it. */
    @POST
    @StaffRole(Role.PUBLISHER)
    @FreshSignIn(minutes = 30)
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response importFile(List<EntityPart> parts) throws IOException {
        MultivaluedMap<String, String> fields = new MultivaluedHashMap<>();
        UploadedList list = UploadedList.none();
        for (EntityPart part : parts) {
            if (part.getName().equals("file")) {
                UploadedList sent =
                        UploadedList.of(part.getContent(), part.getFileName().orElse(""));
                list = sent.name().isEmpty() && sent.kept().isEmpty() ? list : sent;
            } else if (part.getName().equals("kept")) {
                fields.add("kept", text(part, UploadedList.LONGEST_KEPT));
            } else if (!part.getName().startsWith("_")) {
                fields.add(part.getName(), text(part, LONGEST_FIELD));
            }
        }
        Form form = Form.of(fields);
        if (list.name().isEmpty() && !form.value("kept").isEmpty()) {
            list = unpacked(form);
        }
        NewsletterView newsletter = bySlug(form.value("newsletter"));
        WrongRows wrongRows = new WrongRows();
        ImportReport report = null;
        try (InputStream csv = list.content()) {
            report = subscribers.importFrom(
                    newsletter.id(),
                    new ImportOrder(
                            csv,
                            form.value("basis"),
                            ImportQuestions.answers(form),
                            !form.value("do").equals("import"),
                            wrongRows),
                    visitor.account());
        } catch (ImportRejected e) {
            form.reject(
                    e.reason() == ImportRejected.Reason.BASIS_MISSING ? "basis" : "file",
                    "subscribers.import.rejected."
                            + e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    String.join(", ", e.columns()));
        }
        boolean open = report != null && !report.questions().isEmpty();
        return page(form.valid() && !open ? 200 : 422, newsletter, form, list, report, wrongRows.csv());
    }

    private static UploadedList unpacked(Form form) {
        try {
            return UploadedList.keptAs(form.value("kept"), form.value("kept-name"));
        } catch (IOException e) {
            throw new Problem(ProblemType.BAD_REQUEST);
        }
    }

    /** The page has the rows, and sends them here to get them as a file: so they are kept nowhere. */
    @POST
    @Path("wrong-rows.csv")
    @StaffRole(Role.PUBLISHER)
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response wrongRows(List<EntityPart> parts) throws IOException {
        String rows = "";
        for (EntityPart part : parts) {
            if (part.getName().equals("rows")) {
                rows = text(part, LONGEST_ROWS);
            }
        }
        return Response.ok(("\uFEFF" + rows).getBytes(StandardCharsets.UTF_8))
                .header("Content-Type", "text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"wrong-rows.csv\"")
                .build();
    }

    private static String text(EntityPart part, int longest) throws IOException {
        try {
            return Utf8.text(part.getContent().readNBytes(longest));
        } catch (CharacterCodingException otherEncoding) {
            throw new Problem(ProblemType.UNREADABLE_CHARACTERS);
        }
    }

    private Response page(
            int status,
            NewsletterView newsletter,
            Form form,
            UploadedList list,
            @Nullable ImportReport report,
            String wrongRows) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("newsletter", newsletter);
        parameters.put("form", form);
        parameters.put("report", Optional.ofNullable(report));
        parameters.put("kept", form.error("file").isPresent() ? "" : list.kept());
        parameters.put("keptName", list.name());
        parameters.put("wrongRows", wrongRows);
        return pages.respond(status, "subscribers/import", parameters);
    }

    private NewsletterView bySlug(String slug) {
        return newsletters.findBySlug(slug).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }
}
