package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.tidings.newsletter.AttributeOrigin;
import org.tidings.newsletter.AttributeValue;
import org.tidings.newsletter.AttributeValuesRejected;
import org.tidings.newsletter.Attributes;
import org.tidings.newsletter.Subscriptions;
import org.tidings.web.access.Member;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;

/** What the site would like to know of a member, each with what it is for: seen, said and taken back by herself. */
@Path("/me/details")
public class MyDetailsResource {

    private final Pages pages;
    private final Visitor visitor;
    private final Subscriptions subscriptions;
    private final Attributes attributes;

    @Inject
    public MyDetailsResource(Pages pages, Visitor visitor, Subscriptions subscriptions, Attributes attributes) {
        this.pages = pages;
        this.visitor = visitor;
        this.subscriptions = subscriptions;
        this.attributes = attributes;
    }

    @GET
    @Member
    public Response look() {
        return pages.ok("newsletters/details", parameters(KnownForm.fill(Form.empty(), known())));
    }

    private List<AttributeValue> known() {
        return subscriptions.readerOf(visitor.account()).map(attributes::of).orElse(List.of());
    }

    private Map<String, Object> parameters(Form form) {
        return Map.of(
                "form", form,
                "fields", HerDetails.fields(attributes),
                "facts", HerDetails.facts(known()));
    }

    @POST
    @Member
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response say(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        if (form.valid()) {
            try {
                attributes.set(
                        subscriptions.enterReader(visitor.account()),
                        KnownForm.read(form, HerDetails.fields(attributes)),
                        AttributeOrigin.READER);
                return pages.done("/me/details", "newsletters.known.saved");
            } catch (AttributeValuesRejected e) {
                KnownForm.reject(form, e);
            }
        }
        return pages.invalid("newsletters/details", parameters(form));
    }
}
