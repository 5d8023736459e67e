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
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tidings.accounts.Role;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.EmailAddressRejected;
import org.tidings.newsletter.AttributeParty;
import org.tidings.newsletter.AttributeValuesRejected;
import org.tidings.newsletter.AttributeView;
import org.tidings.newsletter.Attributes;
import org.tidings.newsletter.NewReader;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.ReaderCorrection;
import org.tidings.newsletter.ReaderRecords;
import org.tidings.newsletter.ReaderRejected;
import org.tidings.newsletter.ReaderView;
import org.tidings.newsletter.SubscriberId;
import org.tidings.site.Languages;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.StaffRole;
import org.tidings.web.access.Visitor;
import org.tidings.web.accounts.ExportFiles;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Mailbox;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.Zones;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** One reader: corrected, entered, merged with another entry of hers; copied and erased by who answers for data. */
@Path("/staff/readers")
public class ReadersResource {

    private static final String ID = "{id: [0-9a-f-]{36}}";
    private static final int EVENTS_SHOWN = 200;

    private final Pages pages;
    private final Visitor visitor;
    private final ReaderRecords readers;
    private final Attributes attributes;
    private final Newsletters newsletters;
    private final Mailbox mailbox;
    private final ExportFiles files;
    private final LooksOnRecord looks;

    @Inject
    public ReadersResource(
            Pages pages,
            Visitor visitor,
            ReaderRecords readers,
            Attributes attributes,
            Newsletters newsletters,
            Mailbox mailbox,
            ExportFiles files,
            LooksOnRecord looks) {
        this.pages = pages;
        this.visitor = visitor;
        this.readers = readers;
        this.attributes = attributes;
        this.newsletters = newsletters;
        this.mailbox = mailbox;
        this.files = files;
        this.looks = looks;
    }

    private ReaderView find(UUID id) {
        return readers.find(new SubscriberId(id)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    private static String path(ReaderView reader) {
        return "/staff/readers/" + reader.id().value();
    }

    // Finding

    /** By her whole address, which stands in no URL (REV-L7): who answers for data sees no list. */
    @GET
    @StaffRole({Role.PUBLISHER, Role.PRIVACY_OFFICER})
    public Response ask() {
        return pages.ok("subscribers/find", Map.of("form", Form.empty()));
    }

    @POST
    @StaffRole({Role.PUBLISHER, Role.PRIVACY_OFFICER})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response find(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        Optional<ReaderView> found = address(form, "address").flatMap(readers::find);
        if (found.isPresent()) {
            return pages.seeOther(path(found.get()));
        }
        form.reject("address", "subscribers.reader.wrong.unknown");
        return pages.invalid("subscribers/find", Map.of("form", form));
    }

    private static Optional<EmailAddress> address(Form form, String field) {
        try {
            return Optional.of(EmailAddress.pasted(form.value(field)));
        } catch (EmailAddressRejected e) {
            return Optional.empty();
        }
    }

    // Looking

    @GET
    @Path(ID)
    @StaffRole({Role.PUBLISHER, Role.PRIVACY_OFFICER})
    public Response look(@PathParam("id") UUID id) {
        ReaderView reader = find(id);
        looks.reader(reader);
        return pages.ok(
                "subscribers/reader",
                Map.of("reader", reader, "events", readers.history(reader.id(), EVENTS_SHOWN), "form", Form.empty()));
    }

    // Correcting

    @GET
    @Path(ID + "/edit")
    @StaffRole(Role.PUBLISHER)
    public Response edit(@PathParam("id") UUID id) {
        ReaderView reader = find(id);
        looks.reader(reader);
        Form form = Form.empty()
                .fill("name", reader.name())
                .fill("language", reader.language().toLanguageTag())
                .fill("tags", String.join(", ", reader.tags()));
        Zones.fill(form, reader.zone());
        KnownForm.fill(form, reader.attributes());
        return pages.ok("subscribers/reader-edit", editing(reader, form));
    }

    private Map<String, Object> editing(ReaderView reader, Form form) {
        return Map.of("reader", reader, "form", form, "fields", fields(), "languages", languages(reader.language()));
    }

    /** What staff may change. */
    private List<AttributeView> fields() {
        return attributes.all().stream()
                .filter(one -> one.changedBy(AttributeParty.STAFF))
                .toList();
    }

    private Map<String, String> languages(Locale hers) {
        Map<String, String> languages = new LinkedHashMap<>();
        Languages.ALL.forEach(l -> languages.put(l.toLanguageTag(), l.getDisplayLanguage(visitor.language())));
        languages.putIfAbsent(hers.toLanguageTag(), hers.getDisplayLanguage(visitor.language()));
        return languages;
    }

    @POST
    @Path(ID + "/edit")
    @StaffRole(Role.PUBLISHER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response correct(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        ReaderView reader = find(id);
        Form form = Form.of(sent);
        Optional<ZoneId> zone = Zones.read(form);
        if (form.valid()) {
            Optional<ReaderCorrection.Details> details = reader.account().isPresent()
                    ? Optional.empty()
                    : Optional.of(new ReaderCorrection.Details(
                            form.trimmed("name"), language(form, reader.language()), zone));
            try {
                readers.correct(
                        reader.id(),
                        new ReaderCorrection(
                                details, KnownForm.read(form, fields()), Optional.of(tags(form.value("tags")))),
                        form.trimmed("reason"),
                        visitor.account());
                return pages.done(path(reader), "subscribers.reader.corrected");
            } catch (AttributeValuesRejected e) {
                KnownForm.reject(form, e);
            } catch (ReaderRejected e) {
                reject(form, e);
            }
        }
        return pages.invalid("subscribers/reader-edit", editing(reader, form));
    }

    private Locale language(Form form, Locale otherwise) {
        String tag = form.value("language");
        return languages(otherwise).containsKey(tag) ? Locale.forLanguageTag(tag) : otherwise;
    }

    static List<String> tags(String typed) {
        return Stream.of(typed.split("[,;\\n]", -1))
                .filter(tag -> !tag.isBlank())
                .toList();
    }

    private static Form reject(Form form, ReaderRejected e) {
        e.fields()
                .forEach((field, reason) -> form.reject(
                        field.equals("reader") ? "" : field,
                        "subscribers.reader.wrong."
                                + reason.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        return form;
    }

    // Entering

    @GET
    @Path("new")
    @StaffRole(Role.PUBLISHER)
    public Response blank() {
        return pages.ok(
                "subscribers/reader-new",
                entering(Form.empty()
                        .fill("language", visitor.language().getLanguage())
                        .fill("how", "mail")));
    }

    private Map<String, Object> entering(Form form) {
        return Map.of("form", form, "newsletters", newsletters.all(), "languages", languages(visitor.language()));
    }

    @POST
    @Path("new")
    @StaffRole(Role.PUBLISHER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response add(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        Optional<ZoneId> zone = Zones.read(form);
        Optional<EmailAddress> address = mailbox.addressIn(form);
        Set<NewsletterId> wanted = newsletters.all().stream()
                .filter(n -> form.ticked("newsletter", n.slug()))
                .map(NewsletterView::id)
                .collect(Collectors.toSet());
        if (!form.valid() || address.isEmpty()) {
            return pages.invalid("subscribers/reader-new", entering(form));
        }
        Optional<String> proof =
                form.value("how").equals("proof") ? Optional.of(form.trimmed("proof")) : Optional.empty();
        try {
            ReaderRecords.Added added = readers.add(
                    new NewReader(
                            address.get(),
                            form.trimmed("name"),
                            language(form, visitor.language()),
                            zone,
                            wanted,
                            proof),
                    visitor.account());
            String said = "subscribers.reader.added." + added.name().toLowerCase(Locale.ROOT);
            return readers.find(address.get())
                    .map(reader -> pages.done(path(reader), said))
                    .orElseGet(() -> pages.done("/staff/subscribers", said));
        } catch (ReaderRejected e) {
            return pages.invalid("subscribers/reader-new", entering(reject(form, e)));
        }
    }

    // Merging

    @POST
    @Path(ID + "/merge")
    @StaffRole(Role.PUBLISHER)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response merge(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        return decide(id, sent, (reader, form) -> {
            Optional<EmailAddress> other = address(form, "other");
            if (other.isEmpty()) {
                throw new ReaderRejected("other", ReaderRejected.Reason.UNKNOWN);
            }
            readers.merge(reader.id(), other.get(), form.trimmed("reason"), visitor.account());
            return pages.done(path(reader), "subscribers.reader.merged");
        });
    }

    private interface Decision {
        Response take(ReaderView reader, Form form);
    }

    /** What is refused is said on the page of the reader. */
    private Response decide(UUID id, MultivaluedMap<String, String> sent, Decision decision) {
        ReaderView reader = find(id);
        Form form = Form.of(sent);
        if (form.valid()) {
            try {
                return decision.take(reader, form);
            } catch (ReaderRejected e) {
                reject(form, e);
            }
        }
        looks.reader(reader);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("reader", reader);
        parameters.put("events", readers.history(reader.id(), EVENTS_SHOWN));
        parameters.put("form", form);
        return pages.invalid("subscribers/reader", parameters);
    }

    // Her rights

    @POST
    @Path(ID + "/copy")
    @StaffRole(Role.PRIVACY_OFFICER)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response copy(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        return decide(id, sent, (reader, form) -> {
            Map<String, Object> copy = readers.copy(reader.id(), form.trimmed("reason"), visitor.account());
            return form.value("as").equals("json") ? files.json(copy) : files.html(copy);
        });
    }

    @POST
    @Path(ID + "/erase")
    @StaffRole(Role.PRIVACY_OFFICER)
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response erase(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        return decide(id, sent, (reader, form) -> {
            readers.erase(reader.id(), form.trimmed("reason"), visitor.account());
            return pages.done("/staff/readers", "subscribers.reader.erased");
        });
    }
}
