package org.tidings.announcements.internal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.time.OffsetDateTime;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** RFC 4287 and JSON Feed 1.1, as far as they say MUST. */
final class FeedChecks {
    private static final String ATOM = "http://www.w3.org/2005/Atom";

    private FeedChecks() {}

    static void assertValidAtom(String xml) {
        Element feed = parse(xml).getDocumentElement();
        assertThat(feed.getNamespaceURI()).isEqualTo(ATOM);
        assertThat(feed.getLocalName()).isEqualTo("feed");
        assertThat(feed.getAttributeNS("http://www.w3.org/XML/1998/namespace", "lang"))
                .isNotEmpty();
        common(feed);
        NodeList entries = feed.getElementsByTagNameNS(ATOM, "entry");
        assertThat(entries.getLength()).isPositive();
        for (int i = 0; i < entries.getLength(); i++) {
            common((Element) entries.item(i));
        }
    }

    private static void common(Element element) {
        assertThat(URI.create(text(element, "id")).isAbsolute()).isTrue();
        assertThat(text(element, "title")).isNotBlank();
        assertThat(OffsetDateTime.parse(text(element, "updated"))).isNotNull();
    }

    private static String text(Element element, String name) {
        for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (name.equals(child.getLocalName())) {
                return child.getTextContent();
            }
        }
        throw new AssertionError("no " + name);
    }

    private static Document parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (Exception e) {
            throw new AssertionError(xml, e);
        }
    }

    static void assertValidJsonFeed(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonObject feed = reader.readObject();
            assertThat(feed.getString("version")).isEqualTo("https://jsonfeed.org/version/1.1");
            assertThat(feed.getString("title")).isNotBlank();
            feed.getJsonArray("items").getValuesAs(JsonObject.class).forEach(item -> {
                assertThat(item.getString("id")).isNotBlank();
                assertThat(item.getString("content_text")).isNotBlank();
                assertThat(OffsetDateTime.parse(item.getString("date_published")))
                        .isNotNull();
                assertThat(URI.create(item.getString("url")).isAbsolute()).isTrue();
            });
        }
    }
}
