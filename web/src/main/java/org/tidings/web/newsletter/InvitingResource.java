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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.tidings.accounts.Role;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.EmailAddressRejected;
import org.tidings.newsletter.Invitations;
import org.tidings.newsletter.NewsletterAccess;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.site.Languages;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Pages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** Inviting people to a newsletter: one mail with a link each. For publishers. */
@Path("/staff/newsletters/{id: [0-9a-f-]{36}}/invite")
public class InvitingResource {

    private final Pages pages;
    private final Visitor visitor;
    private final Newsletters newsletters;
    private final Invitations invitations;

    @Inject
    public InvitingResource(Pages pages, Visitor visitor, Newsletters newsletters, Invitations invitations) {
        this.pages = pages;
        this.visitor = visitor;
        this.newsletters = newsletters;
        this.invitations = invitations;
    }

    @GET
    @StaffRole(Role.PUBLISHER)
    public Response look(@PathParam("id") UUID id) {
        NewsletterView newsletter = find(id);
        Locale language = Languages.offered(newsletter.language().getLanguage()).orElse(Languages.FALLBACK);
        return pages.ok(
                "issues/invite", parameters(newsletter, Form.empty().fill("language", language.toLanguageTag())));
    }

    @POST
    @StaffRole(Role.PUBLISHER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response invite(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        NewsletterView newsletter = find(id);
        Form form = Form.of(sent);
        List<EmailAddress> addresses = read(form);
        if (!form.valid()) {
            return pages.invalid("issues/invite", parameters(newsletter, form));
        }
        Locale language = Languages.offered(form.value("language")).orElse(Languages.FALLBACK);
        Invitations.Report report = invitations.invite(newsletter.id(), addresses, language, visitor.account());
        return pages.done(
                "/staff/newsletters/" + id + "/invite",
                "issues.invite.done",
                report.sent(),
                report.there(),
                report.keptOut());
    }

    private static List<EmailAddress> read(Form form) {
        List<EmailAddress> addresses = new ArrayList<>();
        for (String one : form.value("addresses").split("[\\n,;]+", -1)) {
            try {
                if (!one.isBlank()) {
                    addresses.add(EmailAddress.pasted(one));
                }
            } catch (EmailAddressRejected e) {
                form.reject("addresses", "issues.invite.wrong", one.strip());
            }
        }
        if (addresses.isEmpty() && form.valid()) {
            form.reject("addresses", "issues.invite.none");
        } else if (addresses.size() > Invitations.MOST) {
            form.reject("addresses", "issues.invite.too-many", Invitations.MOST);
        }
        return addresses;
    }

    private static Map<String, Object> parameters(NewsletterView newsletter, Form form) {
        Map<String, String> languages = new LinkedHashMap<>();
        Languages.ALL.forEach(l -> languages.put(l.toLanguageTag(), l.getDisplayLanguage(l)));
        return Map.of("newsletter", newsletter, "form", form, "languages", languages);
    }

    private NewsletterView find(UUID id) {
        return newsletters
                .find(new NewsletterId(id))
                .filter(NewsletterView::offered)
                .filter(newsletter -> newsletter.access() != NewsletterAccess.MEMBERS)
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }
}
