package org.tidings.announcements.internal.feeds;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.StringWriter;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.Feeds;
import org.tidings.announcements.Outcome;
import org.tidings.announcements.PublicAnnouncements;
import org.tidings.announcements.PublicAnnouncements.Part;
import org.tidings.announcements.PublicAnnouncements.PublicAnnouncement;
import org.tidings.announcements.PublicAnnouncements.Standing;
import org.tidings.announcements.Slot;
import org.tidings.announcements.Wording;
import org.tidings.announcements.internal.composing.AnnouncementMail;
import org.tidings.announcements.internal.composing.Ical;
import org.tidings.announcements.internal.settings.Settings;
import org.tidings.announcements.internal.words.Texts;
import org.tidings.announcements.internal.words.Times;
import org.tidings.site.Now;
import org.tidings.site.OddCharacter;

/** Writes the feeds from what is public. */
@ApplicationScoped
public class FeedWriter implements Feeds {

    private static final int ENTRIES = 30;
    private static final String ATOM = "http://www.w3.org/2005/Atom";

    private final PublicAnnouncements announcements;
    private final Settings settings;
    private final Clock clock;
    private final AnnouncementMail mail;

    @SuppressWarnings("NullAway") // for the proxy
    public FeedWriter() {
        announcements = null;
        settings = null;
        clock = null;
        mail = null;
    }

    @Inject
    public FeedWriter(PublicAnnouncements announcements, Settings settings, Clock clock) {
        this.announcements = announcements;
        this.settings = settings;
        this.clock = clock;
        this.mail = new AnnouncementMail(settings);
    }

    @Override
    public String atom(Locale wanted) {
        Texts texts = Texts.in(wanted);
        List<PublicAnnouncement> entries = announcements.newest(ENTRIES);
        StringWriter out = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("feed");
            xml.writeDefaultNamespace(ATOM);
            xml.writeAttribute("xml:lang", texts.language().getLanguage());
            element(xml, "id", settings.site().url("/announcements.atom"));
            element(xml, "title", texts.text("feed.title", settings.site().name()));
            element(
                    xml,
                    "updated",
                    time(entries.stream()
                            .map(FeedWriter::updated)
                            .max(OffsetDateTime::compareTo)
                            .orElse(OffsetDateTime.parse("1970-01-01T00:00:00Z"))));
            link(xml, "self", settings.site().url("/announcements.atom"));
            link(xml, "alternate", settings.site().url("/announcements"));
            xml.writeStartElement("author");
            element(xml, "name", settings.site().name());
            xml.writeEndElement();
            for (PublicAnnouncement entry : entries) {
                entry(xml, entry, texts);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
        return out.toString();
    }

    private void entry(XMLStreamWriter xml, PublicAnnouncement entry, Texts texts) throws XMLStreamException {
        Part latest = entry.latest();
        xml.writeStartElement("entry");
        element(xml, "id", "urn:uuid:" + entry.id().value());
        element(xml, "title", title(entry, texts));
        element(xml, "published", time(entry.firstPublishedAt()));
        element(xml, "updated", time(updated(entry)));
        link(xml, "alternate", mail.pageUrl(entry.id()));
        xml.writeEmptyElement("category");
        xml.writeAttribute(
                "term", latest.content().type().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        xml.writeStartElement("content");
        xml.writeAttribute("type", "text");
        xml.writeCharacters(OddCharacter.without(text(entry, texts)));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        // One published before they were refused would break the feed for every reader.
        xml.writeCharacters(OddCharacter.without(text));
        xml.writeEndElement();
    }

    private static void link(XMLStreamWriter xml, String rel, String href) throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", rel);
        xml.writeAttribute("href", href);
    }

    @Override
    public String json(Locale wanted) {
        Texts texts = Texts.in(wanted);
        JsonArrayBuilder items = Json.createArrayBuilder();
        announcements
                .newest(ENTRIES)
                .forEach(entry -> items.add(Json.createObjectBuilder()
                        .add("id", "urn:uuid:" + entry.id().value())
                        .add("url", mail.pageUrl(entry.id()))
                        .add("title", title(entry, texts))
                        .add("content_text", text(entry, texts))
                        .add("date_published", time(entry.firstPublishedAt()))
                        .add("date_modified", time(updated(entry)))
                        .add(
                                "language",
                                entry.latest()
                                        .content()
                                        .languageFor(texts.language())
                                        .getLanguage())
                        .add(
                                "tags",
                                Json.createArrayBuilder()
                                        .add(entry.latest()
                                                .content()
                                                .type()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', '-'))
                                        .add(entry.standing()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', '-')))));
        JsonObjectBuilder feed = Json.createObjectBuilder()
                .add("version", "https://jsonfeed.org/version/1.1")
                .add("title", texts.text("feed.title", settings.site().name()))
                .add("home_page_url", settings.site().url("/announcements"))
                .add("feed_url", settings.site().url("/announcements.json"))
                .add("language", texts.language().getLanguage())
                .add("items", items);
        return feed.build().toString();
    }

    @Override
    public String calendar(Locale wanted) {
        Texts texts = Texts.in(wanted);
        List<Ical.Event> events = announcements.newest(ENTRIES).stream()
                .filter(entry -> entry.latest().content().type() == AnnouncementType.MAINTENANCE)
                .filter(entry -> entry.latest().content().window().isPresent())
                .map(entry -> event(entry, texts))
                .toList();
        return Ical.calendar(
                settings.site().name(),
                texts.text("feed.calendar", settings.site().name()),
                events);
    }

    private Ical.Event event(PublicAnnouncement entry, Texts texts) {
        Part latest = entry.latest();
        Wording wording = latest.content().wording(texts.language());
        boolean cancelled = entry.standing() == Standing.CANCELLED;
        return mail.event(
                texts,
                latest.content(),
                wording,
                entry.id(),
                // Closing is a change too, and must be newer than what a calendar already has.
                latest.sequence()
                        + (int) entry.parts().stream()
                                .filter(part -> part.closedAt().isPresent())
                                .count(),
                updated(entry),
                cancelled ? Outcome.CANCELLED : null);
    }

    private static String title(PublicAnnouncement entry, Texts texts) {
        Part latest = entry.latest();
        String title = texts.text("prefix." + latest.content().prefix()) + " " + latest.headline(texts.language());
        return switch (entry.standing()) {
            case CANCELLED -> texts.text("feed.summary.cancelled", title);
            case COMPLETED ->
                entry.latest().content().type().work() ? texts.text("feed.summary.completed", title) : title;
            default -> title;
        };
    }

    private static String text(PublicAnnouncement entry, Texts texts) {
        Part part = entry.latest();
        boolean cancelled = entry.standing() == Standing.CANCELLED;
        Wording wording = part.content().wording(texts.language());
        StringBuilder text = new StringBuilder(wording.text(Slot.WHAT));
        Times times = new Times(texts);
        part.content().window().ifPresent(window -> {
            text.append("\n\n")
                    .append(texts.text(cancelled ? "slot.when.CANCELLED" : "slot.when"))
                    .append(": ")
                    .append(times.local(window));
            if (!window.inUtc()) {
                text.append("; ").append(times.utc(window));
            }
            if (entry.standing() == Standing.UNCONFIRMED) {
                text.append("\n\n").append(times.unconfirmed(window));
            }
        });
        for (Slot slot : List.of(Slot.AFFECTED, Slot.IMPACT, Slot.ACTION, Slot.CONTACT)) {
            text.append("\n\n")
                    .append(texts.text("slot." + slot.key()))
                    .append(": ")
                    .append(wording.text(slot));
        }
        return text.toString();
    }

    private static OffsetDateTime updated(PublicAnnouncement entry) {
        Part latest = entry.latest();
        return latest.closedAt().orElse(latest.publishedAt());
    }

    @Override
    public OffsetDateTime changedAt() {
        OffsetDateTime now = Now.by(clock);
        return announcements.newest(ENTRIES).stream()
                .flatMap(entry -> Stream.concat(
                        Stream.of(updated(entry)),
                        // Standing follows the clock.
                        entry.latest().content().window().stream()
                                .flatMap(window -> Stream.concat(Stream.of(window.start()), window.end().stream()))))
                .filter(at -> !at.isAfter(now))
                .max(OffsetDateTime::compareTo)
                .orElse(OffsetDateTime.parse("1970-01-01T00:00:00Z"));
    }

    private static String time(OffsetDateTime at) {
        return DateTimeFormatter.ISO_INSTANT.format(at.toInstant().truncatedTo(ChronoUnit.SECONDS));
    }
}
