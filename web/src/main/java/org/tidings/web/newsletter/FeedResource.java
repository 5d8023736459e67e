package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.time.OffsetDateTime;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.tidings.newsletter.ArchivedIssue;
import org.tidings.newsletter.Issues;
import org.tidings.newsletter.NewsletterView;
import org.tidings.web.SiteSettings;
import org.tidings.web.access.Public;
import org.tidings.web.pages.ConditionalFeed;

/** The archive as a feed (RFC 4287). */
@Path("/newsletters/{slug: [a-z0-9-]{2,60}}.atom")
public class FeedResource {

    private static final String ATOM = "http://www.w3.org/2005/Atom";
    private static final String TYPE = "application/atom+xml; charset=utf-8";
    private static final int ENTRIES = 20;
    private static final int MAX_AGE_SECONDS = 300;

    private final ReadableNewsletters newsletters;
    private final Issues issues;
    private final SiteSettings settings;

    @Inject
    public FeedResource(ReadableNewsletters newsletters, Issues issues, SiteSettings settings) {
        this.newsletters = newsletters;
        this.issues = issues;
        this.settings = settings;
    }

    @GET
    @Public
    public Response feed(@PathParam("slug") String slug, @Context Request request) throws XMLStreamException {
        NewsletterView newsletter = newsletters.find(slug);
        List<ArchivedIssue> entries = issues.archive(newsletter.id(), null, ENTRIES);
        if (!newsletter.isPublic()) {
            // Kept by nobody on the way, as every page of who is signed in.
            return Response.ok(write(newsletter, entries))
                    .header("Content-Type", TYPE)
                    .build();
        }
        return ConditionalFeed.answer(
                request, TYPE, write(newsletter, entries), updated(newsletter, entries), MAX_AGE_SECONDS);
    }

    private static OffsetDateTime updated(NewsletterView newsletter, List<ArchivedIssue> entries) {
        return entries.isEmpty() ? newsletter.createdAt() : entries.get(0).sentAt();
    }

    private byte[] write(NewsletterView newsletter, List<ArchivedIssue> entries) throws XMLStreamException {
        String page = settings.publicUrl() + "/newsletters/" + newsletter.slug();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
        xml.writeStartDocument("UTF-8", "1.0");
        xml.setDefaultNamespace(ATOM);
        xml.writeStartElement(ATOM, "feed");
        xml.writeDefaultNamespace(ATOM);
        xml.writeAttribute("xml:lang", newsletter.language().toLanguageTag());
        text(xml, "id", "urn:uuid:" + newsletter.id().value());
        text(xml, "title", newsletter.name());
        text(xml, "subtitle", newsletter.description());
        OffsetDateTime updated = updated(newsletter, entries);
        text(xml, "updated", updated.toString());
        link(xml, "self", page + ".atom");
        link(xml, "alternate", page);
        author(xml, settings.name());
        for (ArchivedIssue entry : entries) {
            xml.writeStartElement(ATOM, "entry");
            text(xml, "id", "urn:uuid:" + entry.id().value());
            text(xml, "title", entry.subject());
            text(xml, "updated", entry.sentAt().toString());
            text(xml, "published", entry.sentAt().toString());
            link(xml, "alternate", page + "/" + entry.id().value());
            if (!entry.preheader().isEmpty()) {
                text(xml, "summary", entry.preheader());
            }
            xml.writeStartElement(ATOM, "content");
            xml.writeAttribute("type", "html");
            xml.writeCharacters(printable(entry.html()));
            xml.writeEndElement();
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.close();
        return out.toByteArray();
    }

    private static void author(XMLStreamWriter xml, String name) throws XMLStreamException {
        xml.writeStartElement(ATOM, "author");
        text(xml, "name", name);
        xml.writeEndElement();
    }

    private static void text(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeStartElement(ATOM, name);
        xml.writeCharacters(printable(value));
        xml.writeEndElement();
    }

    private static void link(XMLStreamWriter xml, String rel, String href) throws XMLStreamException {
        xml.writeEmptyElement(ATOM, "link");
        xml.writeAttribute("rel", rel);
        xml.writeAttribute("href", href);
    }

    /** XML 1.0 knows no other control characters and no lone surrogates. */
    private static String printable(String text) {
        return text.codePoints()
                .filter(c -> c >= ' ' || c == '\n' || c == '\t')
                .filter(c -> (c < 0xD800 || c > 0xDFFF) && c != 0xFFFE && c != 0xFFFF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
