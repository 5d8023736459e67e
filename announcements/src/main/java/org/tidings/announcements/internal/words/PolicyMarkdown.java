package org.tidings.announcements.internal.words;

import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/** A policy's Markdown as HTML from an allow-list; HTML in the source is shown as the text that it is. */
public final class PolicyMarkdown {

    private static final List<TablesExtension> EXTENSIONS = List.of((TablesExtension) TablesExtension.create());

    private static final PolicyFactory ALLOWED = new HtmlPolicyBuilder()
            .allowElements(
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "p",
                    "ul",
                    "ol",
                    "li",
                    "strong",
                    "em",
                    "code",
                    "pre",
                    "blockquote",
                    "hr",
                    "br",
                    "table",
                    "thead",
                    "tbody",
                    "tr",
                    "th",
                    "td",
                    "a")
            .allowAttributes("href")
            .onElements("a")
            .allowUrlProtocols("https", "http", "mailto")
            .toFactory();

    private final Parser parser =
            Parser.builder().extensions(EXTENSIONS).maxOpenBlockParsers(50).build();
    private final HtmlRenderer renderer = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .build();

    public String html(String markdown) {
        return ALLOWED.sanitize(renderer.render(parser.parse(markdown)));
    }

    /** What a reader reads, links with their addresses: entities and marks hide no word from the guard. */
    public static String plain(String markdown) {
        return TextContentRenderer.builder()
                .extensions(EXTENSIONS)
                .build()
                .render(Parser.builder()
                        .extensions(EXTENSIONS)
                        .maxOpenBlockParsers(50)
                        .build()
                        .parse(markdown));
    }
}
