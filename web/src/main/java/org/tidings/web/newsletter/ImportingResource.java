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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.Role;
import org.tidings.newsletter.ImportId;
import org.tidings.newsletter.ImportRejected;
import org.tidings.newsletter.Imports;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Utf8;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** The first step of an import: a file, or pasted addresses, and how these people agreed. {@link ImportsResource} goes on. */
@Path("/staff/subscribers/import")
public class ImportingResource {

    private static final int LONGEST_FIELD = 20_000;
    private static final int LONGEST_PASTED = 4_000_000;
    private static final int LISTED = 5;

    private final Pages pages;
    private final Visitor visitor;
    private final Newsletters newsletters;
    private final Imports imports;

    @Inject
    public ImportingResource(Pages pages, Visitor visitor, Newsletters newsletters, Imports imports) {
        this.pages = pages;
        this.visitor = visitor;
        this.newsletters = newsletters;
        this.imports = imports;
    }

    @GET
    @StaffRole(Role.PUBLISHER)
    @FreshSignIn
    public Response form(@QueryParam("newsletter") @DefaultValue("") String slug) {
        return page(200, bySlug(slug), Form.empty());
    }

    /** The password was asked for before the file was chosen, since no file waits while it is given: so there is time to look for it. */
    @POST
    @StaffRole(Role.PUBLISHER)
    @FreshSignIn(minutes = 30)
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response begin(List<EntityPart> parts) throws IOException {
        MultivaluedMap<String, String> fields = new MultivaluedHashMap<>();
        EntityPart file = null;
        for (EntityPart part : parts) {
            if (part.getName().equals("file")) {
                file = part.getFileName().orElse("").isEmpty() ? file : part;
            } else if (!part.getName().startsWith("_")) {
                fields.add(
                        part.getName(), text(part, part.getName().equals("pasted") ? LONGEST_PASTED : LONGEST_FIELD));
            }
        }
        Form form = Form.of(fields);
        NewsletterView newsletter = bySlug(form.value("newsletter"));
        if (!form.valid()) {
            return page(422, newsletter, form);
        }
        try (InputStream content = content(file, form)) {
            String name = file == null ? "" : file.getFileName().orElse("");
            ImportId id = imports.begin(
                    newsletter.id(),
                    new Imports.Upload(content, name),
                    form.value("basis"),
                    Map.of(),
                    false,
                    visitor.account());
            imports.hurry(id);
            return pages.seeOther("/staff/imports/" + id.value());
        } catch (ImportRejected e) {
            form.reject(
                    e.reason() == ImportRejected.Reason.BASIS_MISSING ? "basis" : "file",
                    ImportWords.rejected(e.reason()),
                    "");
            return page(422, newsletter, form);
        }
    }

    private static InputStream content(@Nullable EntityPart file, Form form) {
        return file == null
                ? new ByteArrayInputStream(form.trimmed("pasted").getBytes(StandardCharsets.UTF_8))
                : file.getContent();
    }

    private static String text(EntityPart part, int longest) throws IOException {
        byte[] octets = part.getContent().readNBytes(longest + 1);
        if (octets.length > longest) {
            // Half of a list would look like all of it.
            throw new Problem(ProblemType.TOO_LARGE);
        }
        try {
            return Utf8.text(octets);
        } catch (CharacterCodingException otherEncoding) {
            throw new Problem(ProblemType.UNREADABLE_CHARACTERS);
        }
    }

    private Response page(int status, NewsletterView newsletter, Form form) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("newsletter", newsletter);
        parameters.put("form", form);
        parameters.put("earlier", imports.newest(newsletter.id(), null, LISTED));
        return pages.respond(status, "imports/begin", parameters);
    }

    private NewsletterView bySlug(String slug) {
        return newsletters.findBySlug(slug).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }
}
