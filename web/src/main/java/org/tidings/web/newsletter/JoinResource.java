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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tidings.mail.EmailAddress;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.OwnWords;
import org.tidings.site.Languages;
import org.tidings.web.access.OpenToOtherSites;
import org.tidings.web.access.OtherSites;
import org.tidings.web.access.Public;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Mailbox;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.TypedAddress;

/** One newsletter, one field: the page that other sites link to, and where their own forms are sent to. */
@Path("/join/{slug: [a-z0-9-]{2,60}}")
public class JoinResource {

    /** Nobody sees this field, so nobody fills it in but a program that fills in all of them. */
    static final String TRAP = "leave-empty";

    /** In which language the form is. */
    static final String LANGUAGE = "language";

    private final Pages pages;
    private final Visitor visitor;
    private final Newsletters newsletters;
    private final OwnWords words;
    private final ReadableNewsletters readable;
    private final AskingToSubscribe asking;
    private final OtherSites otherSites;
    private final Mailbox mailbox;

    @Inject
    public JoinResource(
            Pages pages,
            Visitor visitor,
            Newsletters newsletters,
            OwnWords words,
            ReadableNewsletters readable,
            AskingToSubscribe asking,
            OtherSites otherSites,
            Mailbox mailbox) {
        this.pages = pages;
        this.visitor = visitor;
        this.newsletters = newsletters;
        this.words = words;
        this.readable = readable;
        this.asking = asking;
        this.otherSites = otherSites;
        this.mailbox = mailbox;
    }

    @GET
    @Public
    public Response look(@PathParam("slug") String slug) {
        return page(200, readable.findPublic(slug), Form.empty(), false);
    }

    /** Says the same for every address. Forms of other sites call the field {@code email}. */
    @POST
    @Public
    @OpenToOtherSites(
            because = "one mail with a link is all that this causes, as everybody's typing does on our own pages")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response ask(@PathParam("slug") String slug, MultivaluedMap<String, String> sent) {
        NewsletterView newsletter = readable.findPublic(slug);
        Form form = TypedAddress.alsoFrom(Form.of(sent), "email", "address");
        if (!newsletter.offered()) {
            return page(200, newsletter, form, false);
        }
        if (!form.value(TRAP).isEmpty()) {
            return pages.seeOther("/subscribe/sent");
        }
        Optional<EmailAddress> address = mailbox.addressAskingIn(form);
        if (address.isEmpty()) {
            return page(422, newsletter, form, false);
        }
        if (!otherSites.mayAskAtOnce()) {
            return page(200, newsletter, form, true);
        }
        if (!asking.ask(newsletter, address.get(), wordsWere(form, newsletter), form)) {
            return page(422, newsletter, form, false);
        }
        return mailbox.lookInto(
                "/subscribe/sent",
                "/join/" + newsletter.slug(),
                address.get(),
                form,
                Stream.concat(Stream.of(LANGUAGE), KnownForm.fields(asking.askedBy(newsletter)).stream())
                        .toArray(String[]::new));
    }

    /** The words that are agreed to stand in the form, wherever that stands. */
    private Locale wordsWere(Form form, NewsletterView newsletter) {
        String tag = form.value(LANGUAGE);
        return Languages.offered(tag)
                .or(() -> words.languages(newsletter.id()).stream()
                        .filter(own -> own.toLanguageTag().equals(tag))
                        .findFirst())
                .orElseGet(visitor::language);
    }

    private Response page(int status, NewsletterView newsletter, Form form, boolean onceMore) {
        return pages.respond(
                status,
                "newsletters/plain",
                Map.of(
                        "newsletter",
                        newsletter,
                        "form",
                        form,
                        "onceMore",
                        onceMore,
                        "fields",
                        asking.askedBy(newsletter),
                        "wording",
                        newsletters.wording(newsletter, visitor.language()).words()));
    }
}
