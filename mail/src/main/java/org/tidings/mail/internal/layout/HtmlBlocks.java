package org.tidings.mail.internal.layout;

import gg.jte.Content;
import gg.jte.TemplateEngine;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidings.mail.MailBody;

/** The blocks of one mail as HTML, each by its template. Asked in reading order: the first heading is the title. */
final class HtmlBlocks implements MailBody.Rendering<Content> {

    /** Pixels beside the card's padding. Word takes a picture's size from its attributes only; the others go by the style. */
    private static final int PICTURE_WIDTH = 520;

    /** What tags have besides their style; of a table it is said once what each of its cells would need. */
    private static final Map<String, String> ATTRIBUTES = Map.of(
            "table", " dir=\"auto\" cellpadding=\"8\" cellspacing=\"0\" border=\"0\"",
            "p", " dir=\"auto\"",
            "li", " dir=\"auto\"",
            "h1", " dir=\"auto\"",
            "h2", " dir=\"auto\"",
            "h3", " dir=\"auto\"",
            "h4", " dir=\"auto\"",
            "blockquote", " dir=\"auto\"");

    private static final Pattern WIDTH = Pattern.compile("(?i)[\\s\"']width\\s*=");

    /** Addresses that a person wrote down bare; slots and what is a link already are not there yet or elsewhere. */
    private static final Pattern BARE =
            Pattern.compile("https?://[^\\s<>\"'{}|\\\\^`]{1,500}[^\\s<>\"'{}|\\\\^`.,;:!?)\\]]"
                    + "|(?<![\\w.+@/-])[\\w.+-]{1,64}@[a-zA-Z0-9-]{1,63}(?:\\.[a-zA-Z0-9-]{1,63}){1,5}(?![\\w@-])");

    private static final Pattern OPENING_TAG =
            Pattern.compile("<(h[1-4]|p|a|ul|ol|li|blockquote|pre|code|img|hr|table|th|td)(?=[\\s>/])");

    private final TemplateEngine templates;
    private final MailLook look;
    private final boolean links;
    private final boolean toTheRight;
    private boolean first = true;

    /**
     * @param links whether bare addresses become links: in what staff wrote, not where a stranger's words may stand
     * @param toTheRight whether lines begin at the right
     */
    HtmlBlocks(TemplateEngine templates, MailLook look, boolean links, boolean toTheRight) {
        this.templates = templates;
        this.look = look;
        this.links = links;
        this.toTheRight = toTheRight;
    }

    @Override
    public Content heading(MailBody.Heading heading) {
        return by("heading.jte", new MailParts.Headline(look, isFirst(), heading.text()));
    }

    @Override
    public Content paragraph(MailBody.Paragraph paragraph) {
        return by("paragraph.jte", new MailParts.Words(look, words(paragraph.text())));
    }

    @Override
    public Content note(MailBody.Note note) {
        return by("note.jte", new MailParts.Words(look, words(note.text())));
    }

    @Override
    public Content button(MailBody.Button button) {
        return by("button.jte", new MailParts.Button(look, button.label(), button.url()));
    }

    @Override
    public Content facts(MailBody.Facts facts) {
        return by(
                "facts.jte",
                new MailParts.Facts(
                        look,
                        facts.facts().stream()
                                .map(fact -> new MailParts.Fact(fact.label(), words(fact.value())))
                                .toList()));
    }

    @Override
    public Content written(MailBody.Written written) {
        first = false;
        String html = styled(Slots.plain(written.html()));
        return output -> output.writeContent("<div class=\"ink\">" + html + "</div>\n");
    }

    private Content by(String template, Object part) {
        first = false;
        return output -> templates.render(template, part, output);
    }

    private boolean isFirst() {
        return first;
    }

    private Content words(String text) {
        String html = links ? linked(text) : breaks(text);
        return output -> output.writeContent(html);
    }

    /** Escaped, lines as lines. */
    static String breaks(String text) {
        return Slots.escape(text).replace("\r\n", "\n").replace("\n", "<br>\n");
    }

    private String linked(String text) {
        StringBuilder out = new StringBuilder(text.length() + 64);
        Matcher bare = BARE.matcher(text);
        int from = 0;
        while (bare.find()) {
            String address = Slots.escape(bare.group());
            out.append(breaks(text.substring(from, bare.start())))
                    .append("<a href=\"")
                    .append(address.startsWith("http") ? "" : "mailto:")
                    .append(address)
                    .append("\" style=\"")
                    .append(look.link())
                    .append("\">")
                    .append(address)
                    .append("</a>");
            from = bare.end();
        }
        return out.append(breaks(text.substring(from))).toString();
    }

    private String styled(String html) {
        Matcher tags = OPENING_TAG.matcher(html);
        StringBuilder out = new StringBuilder(html.length() + html.length() / 2);
        while (tags.find()) {
            String tag = tags.group(1);
            tags.appendReplacement(
                    out,
                    Matcher.quoteReplacement(
                            "<" + tag + attributes(tag, html, tags.end()) + " style=\"" + look.written(tag) + "\""));
        }
        return tags.appendTail(out).toString();
    }

    private String attributes(String tag, String html, int from) {
        if (tag.equals("th")) {
            // Word knows no "start".
            return toTheRight ? " align=\"right\"" : " align=\"left\"";
        }
        if (tag.equals("img") && !hasWidth(html, from)) {
            return " width=\"" + PICTURE_WIDTH + "\"";
        }
        return ATTRIBUTES.getOrDefault(tag, "");
    }

    private static boolean hasWidth(String html, int from) {
        int end = html.indexOf('>', from);
        return end > 0 && WIDTH.matcher(html.substring(from, end)).find();
    }
}
