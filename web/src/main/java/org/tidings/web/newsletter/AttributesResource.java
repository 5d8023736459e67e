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
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.tidings.accounts.Role;
import org.tidings.newsletter.AttributeDetailsRejected;
import org.tidings.newsletter.AttributeId;
import org.tidings.newsletter.AttributeUnknown;
import org.tidings.newsletter.AttributeView;
import org.tidings.newsletter.Attributes;
import org.tidings.newsletter.ChangedMeanwhile;
import org.tidings.newsletter.Tags;
import org.tidings.site.WrittenLanguages;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** What the site wants to know of its readers, and what for. */
@Path("/staff/attributes")
public class AttributesResource {

    private static final String ID = "{id: [0-9a-f-]{36}}";
    private static final String HERE = "/staff/attributes";

    private final Pages pages;
    private final Visitor visitor;
    private final Attributes attributes;
    private final Tags tags;
    private final WrittenLanguages languages;

    @Inject
    public AttributesResource(
            Pages pages, Visitor visitor, Attributes attributes, Tags tags, WrittenLanguages languages) {
        this.pages = pages;
        this.visitor = visitor;
        this.attributes = attributes;
        this.tags = tags;
        this.languages = languages;
    }

    @GET
    @StaffRole(Role.PUBLISHER)
    public Response list() {
        return pages.ok("subscribers/attributes", Map.of("attributes", attributes.all(), "tags", tags.all()));
    }

    @GET
    @Path("new")
    @StaffRole(Role.PUBLISHER)
    public Response blank() {
        return pages.ok("subscribers/attribute", parameters(null, AttributeForm.blank()));
    }

    @POST
    @Path("new")
    @StaffRole(Role.PUBLISHER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response define(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        if (form.valid()) {
            try {
                attributes.define(AttributeForm.read(form, languages.all()), visitor.account());
                return pages.done(HERE, "subscribers.attribute.defined", form.trimmed("key"));
            } catch (AttributeDetailsRejected e) {
                AttributeForm.reject(form, e);
            }
        }
        return pages.invalid("subscribers/attribute", parameters(null, form));
    }

    @GET
    @Path(ID)
    @StaffRole(Role.PUBLISHER)
    public Response edit(@PathParam("id") UUID id) {
        AttributeView attribute = find(id);
        return pages.ok("subscribers/attribute", parameters(attribute, AttributeForm.of(attribute, languages)));
    }

    @POST
    @Path(ID)
    @StaffRole(Role.PUBLISHER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        AttributeView attribute = find(id);
        Form form = Form.of(sent);
        if (form.valid()) {
            try {
                attributes.change(
                        attribute.id(),
                        AttributeForm.read(
                                form, languages.with(attribute.details().words().keySet())),
                        Versions.read(form),
                        visitor.account());
                return pages.done(HERE, "subscribers.attribute.saved", attribute.key());
            } catch (AttributeDetailsRejected e) {
                AttributeForm.reject(form, e);
            } catch (ChangedMeanwhile e) {
                form.reject("", "issues.changed-meanwhile");
            }
        }
        return pages.invalid("subscribers/attribute", parameters(attribute, form));
    }

    /** A page of its own: what readers have said is gone with it. */
    @GET
    @Path(ID + "/remove")
    @StaffRole(Role.PUBLISHER)
    public Response askToRemove(@PathParam("id") UUID id) {
        AttributeView attribute = find(id);
        return pages.ok(
                "subscribers/attribute-remove",
                Map.of("attribute", attribute, "known", attributes.known(attribute.id())));
    }

    @POST
    @Path(ID + "/remove")
    @StaffRole(Role.PUBLISHER)
    public Response remove(@PathParam("id") UUID id) {
        AttributeView attribute = find(id);
        try {
            attributes.remove(attribute.id(), visitor.account());
        } catch (AttributeUnknown e) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        return pages.done(HERE, "subscribers.attribute.removed", attribute.key());
    }

    @POST
    @Path("remove-tag")
    @StaffRole(Role.PUBLISHER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response removeTag(MultivaluedMap<String, String> sent) {
        String name = Form.of(sent).trimmed("tag");
        tags.remove(name, visitor.account());
        return pages.done(HERE, "subscribers.tags.removed", name);
    }

    private AttributeView find(UUID id) {
        return attributes.find(new AttributeId(id)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    private Map<String, Object> parameters(@org.jspecify.annotations.Nullable AttributeView attribute, Form form) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("id", attribute == null ? "" : attribute.id().value().toString());
        parameters.put("key", attribute == null ? "" : attribute.key());
        parameters.put("type", attribute == null ? "" : AttributeForm.word(attribute.type()));
        parameters.put(
                "languages",
                attribute == null
                        ? languages.all()
                        : languages.with(attribute.details().words().keySet()));
        parameters.put("form", form);
        return parameters;
    }
}
