package org.tidings.newsletter.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentNodeRendererContext;
import org.commonmark.renderer.text.TextContentRenderer;
import org.jspecify.annotations.Nullable;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;
import org.tidings.newsletter.IssueProblem;
import org.tidings.newsletter.IssueProblem.Kind;
import org.tidings.newsletter.IssueText;
import org.tidings.site.OddCharacter;

/**
 * Markdown to the HTML and the plain text of a mail.
 *
 * <p>HTML in it is text. What comes out of the renderer passes the sanitizer's allow-list all the same: a mistake in one is
 * caught by the other. Merge fields travel through both as characters of Unicode's private use, which are removed from what
 * was typed, because the sanitizer breaks up <code>{{</code> on purpose.
 */
final class Markdown {

    static final int MAX_OCTETS = 1_048_576;
    private static final int MAX_DEPTH = 50;
    private static final int MAX_PROBLEMS = 50;
    private static final int MAX_LINE = 200;

    private static final Set<String> TEXT_FIELDS = Set.of("name");
    private static final Set<String> LINK_FIELDS = Set.of("unsubscribeUrl", "preferencesUrl", "archiveUrl");

    private static final Pattern FIELD = MergeFields.FIELD;
    private static final char OPEN = '\uFDD0';
    private static final char CLOSE = '\uFDD1';
    private static final Pattern MARKED = Pattern.compile(OPEN + "([A-Za-z]+)" + CLOSE);
    private static final String SLOT_HOST = "https://slot.invalid/";
    private static final Pattern SLOT_LINK =
            Pattern.compile(Pattern.quote(SLOT_HOST) + "(" + String.join("|", LINK_FIELDS) + ")(?![A-Za-z])");
    private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*):");

    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder()
            .extensions(EXTENSIONS)
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .maxOpenBlockParsers(2 * MAX_DEPTH)
            .maxInlineNesting(2 * MAX_DEPTH)
            .build();
    private static final HtmlRenderer HTML = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .percentEncodeUrls(true)
            .build();
    private static final TextContentRenderer TEXT = TextContentRenderer.builder()
            .extensions(EXTENSIONS)
            .lineBreakRendering(LineBreakRendering.SEPARATE_BLOCKS)
            .nodeRendererFactory(WithTargets::new)
            .build();

    private static final PolicyFactory ALLOWED = new HtmlPolicyBuilder()
            .allowElements(
                    "p",
                    "br",
                    "hr",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "ul",
                    "ol",
                    "li",
                    "blockquote",
                    "strong",
                    "em",
                    "code",
                    "pre",
                    "a",
                    "img",
                    "table",
                    "thead",
                    "tbody",
                    "tr",
                    "th",
                    "td")
            .allowUrlProtocols("http", "https", "mailto")
            .allowAttributes("href")
            .onElements("a")
            .allowAttributes("src")
            .matching(Pattern.compile("https?://.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL))
            .onElements("img")
            .allowAttributes("alt")
            .onElements("img")
            .allowAttributes("title")
            .onElements("a", "img")
            .allowAttributes("align")
            .matching(false, "left", "center", "right")
            .onElements("th", "td")
            .allowAttributes("start")
            .matching(Pattern.compile("[0-9]{1,9}"))
            .onElements("ol")
            .toFactory();

    private Markdown() {}

    /** Both parts of a mail; may hold merge fields as <code>{{name}}</code>. */
    record Compiled(String html, String text) {

        /** Puts values in for those merge fields; HTML-escapes them where they need it. */
        Compiled with(Map<String, String> values) {
            String filledHtml = html;
            String filledText = text;
            for (Map.Entry<String, String> value : values.entrySet()) {
                String field = "{{" + value.getKey() + "}}";
                filledHtml = filledHtml.replace(field, escape(value.getValue()));
                filledText = filledText.replace(field, value.getValue());
            }
            return new Compiled(filledHtml, filledText);
        }
    }

    /** The same for who knows no attributes. */
    static List<IssueProblem> problems(IssueText text) {
        return problems(text, Set.of());
    }

    /**
     * Everything in an issue that would be refused, in the order of the text.
     *
     * @param attributes keys that may be merge fields
     */
    static List<IssueProblem> problems(IssueText text, Set<String> attributes) {
        List<IssueProblem> problems = new ArrayList<>();
        if (OddCharacter.showsNothing(text.subject())) {
            problems.add(new IssueProblem(Kind.EMPTY, "subject", 0, ""));
        }
        checkLine("subject", text.subject(), attributes, problems);
        checkLine("preheader", text.preheader(), attributes, problems);
        if (OddCharacter.showsNothing(text.markdown())) {
            problems.add(new IssueProblem(Kind.EMPTY, "markdown", 0, ""));
        } else {
            checkMarkdown(text.markdown(), attributes, problems);
        }
        return problems.size() > MAX_PROBLEMS ? List.copyOf(problems.subList(0, MAX_PROBLEMS)) : problems;
    }

    /** Compiles what has no problems; merge fields with a fallback are slots by now. */
    static Compiled compile(String markdown) {
        Node document = parse(markdown);
        pointSlotLinksSomewhere(document);
        String html = ALLOWED.sanitize(HTML.render(document));
        String text = TEXT.render(document).replace("{{", "{ {");
        return new Compiled(unmark(html), unmark(text).strip() + "\n");
    }

    /** A subject or preheader, its merge fields without spaces inside. */
    static String line(String text) {
        return FIELD.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement("{{" + m.group(1).strip() + "}}"));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static void checkLine(String field, String text, Set<String> attributes, List<IssueProblem> problems) {
        if (text.codePointCount(0, text.length()) > MAX_LINE) {
            problems.add(new IssueProblem(Kind.TOO_LONG, field, 0, ""));
        }
        if (OddCharacter.inLine(text).isPresent()) {
            problems.add(new IssueProblem(Kind.CONTROL_CHARACTER, field, 0, ""));
        }
        Matcher fields = FIELD.matcher(text);
        while (fields.find()) {
            MergeFields.Written written = MergeFields.Written.read(fields.group(1));
            Optional<Kind> wrong = LINK_FIELDS.contains(written.name())
                    ? Optional.of(Kind.MISPLACED_MERGE_FIELD)
                    : wrong(written, attributes);
            wrong.ifPresent(kind -> problems.add(new IssueProblem(kind, field, 0, brief(written.name()))));
        }
    }

    private static Optional<Kind> wrong(MergeFields.Written written, Set<String> attributes) {
        if (LINK_FIELDS.contains(written.name())) {
            return written.fallback().map(any -> Kind.MISPLACED_MERGE_FIELD);
        }
        if (TEXT_FIELDS.contains(written.name())) {
            return Optional.empty();
        }
        if (!attributes.contains(written.name())) {
            return Optional.of(Kind.UNKNOWN_MERGE_FIELD);
        }
        return written.fallback().isEmpty() ? Optional.of(Kind.MERGE_FIELD_WITHOUT_FALLBACK) : Optional.empty();
    }

    private static void checkMarkdown(String markdown, Set<String> attributes, List<IssueProblem> problems) {
        if (markdown.length() > MAX_OCTETS || markdown.getBytes(StandardCharsets.UTF_8).length > MAX_OCTETS) {
            problems.add(new IssueProblem(Kind.TOO_LONG, "markdown", 0, ""));
            return;
        }
        int line = 1;
        int from = 0;
        Matcher fields = FIELD.matcher(markdown);
        while (fields.find() && problems.size() < MAX_PROBLEMS) {
            line += newlines(markdown, from, fields.start());
            from = fields.start();
            MergeFields.Written written = MergeFields.Written.read(fields.group(1));
            int at = line;
            wrong(written, attributes)
                    .ifPresent(kind -> problems.add(new IssueProblem(kind, "markdown", at, brief(written.name()))));
        }
        OddCharacter.inText(markdown)
                .ifPresent(odd -> problems.add(new IssueProblem(Kind.CONTROL_CHARACTER, "markdown", odd.line(), "")));
        MergeFields slots = MergeFields.of(markdown);
        List<IssueProblem> found = new ArrayList<>(problems);
        checkNodes(parse(slots.slotted(markdown)), found);
        found.subList(problems.size(), found.size()).forEach(problem -> problems.add(slots.named(problem)));
    }

    /** Walks with a loop: a recursion would be as deep as what was typed. */
    @SuppressWarnings("ReferenceEquality") // the very document it began with
    private static void checkNodes(Node document, List<IssueProblem> problems) {
        int depth = 0;
        int line = 1;
        Node node = document;
        while (problems.size() < MAX_PROBLEMS) {
            if (!node.getSourceSpans().isEmpty()) {
                line = node.getSourceSpans().get(0).getLineIndex() + 1;
            }
            checkNode(node, line, problems);
            if (depth > MAX_DEPTH) {
                problems.add(new IssueProblem(Kind.NESTED_TOO_DEEPLY, "markdown", line, ""));
                return;
            }
            Node next = node.getFirstChild();
            if (next != null) {
                depth++;
            } else {
                while (next == null && node != document) {
                    next = node.getNext();
                    if (next == null) {
                        node = node.getParent();
                        depth--;
                    }
                }
                if (next == null) {
                    return;
                }
            }
            node = next;
        }
    }

    private static void checkNode(Node node, int line, List<IssueProblem> problems) {
        if (node instanceof Link link) {
            checkLink(link.getDestination(), line, problems);
        } else if (node instanceof Image image) {
            if (image.getDestination().indexOf(OPEN) >= 0) {
                problems.add(new IssueProblem(Kind.MISPLACED_MERGE_FIELD, "markdown", line, ""));
            } else if (!isWeb(image.getDestination())) {
                problems.add(new IssueProblem(
                        Kind.LINK_NOT_ALLOWED, "markdown", line, brief(schemeOf(image.getDestination()))));
            }
            if (image.getFirstChild() == null) {
                problems.add(new IssueProblem(Kind.IMAGE_WITHOUT_DESCRIPTION, "markdown", line, ""));
            }
        } else if (node instanceof Text text) {
            Matcher marks = MARKED.matcher(text.getLiteral());
            while (marks.find()) {
                if (LINK_FIELDS.contains(marks.group(1))) {
                    problems.add(new IssueProblem(Kind.MISPLACED_MERGE_FIELD, "markdown", line, marks.group(1)));
                }
            }
        }
    }

    private static void checkLink(String target, int line, List<IssueProblem> problems) {
        Matcher marks = MARKED.matcher(target);
        if (marks.find()) {
            String field = marks.group(1);
            if (!LINK_FIELDS.contains(field) || !marks.matches()) {
                problems.add(new IssueProblem(Kind.MISPLACED_MERGE_FIELD, "markdown", line, field));
            }
        } else if (!isWeb(target) && !target.regionMatches(true, 0, "mailto:", 0, 7)) {
            problems.add(new IssueProblem(Kind.LINK_NOT_ALLOWED, "markdown", line, brief(schemeOf(target))));
        }
    }

    private static boolean isWeb(String target) {
        return target.regionMatches(true, 0, "https://", 0, 8) || target.regionMatches(true, 0, "http://", 0, 7);
    }

    private static String schemeOf(String target) {
        Matcher scheme = SCHEME.matcher(target);
        return scheme.find() ? scheme.group(1).toLowerCase(Locale.ROOT) : "";
    }

    private static Node parse(String markdown) {
        String clean = markdown.replace(String.valueOf(OPEN), "").replace(String.valueOf(CLOSE), "");
        return PARSER.parse(FIELD.matcher(clean).replaceAll(m -> {
            String name = m.group(1).strip();
            boolean known = TEXT_FIELDS.contains(name) || LINK_FIELDS.contains(name) || MergeFields.isSlot(name);
            return known ? OPEN + name + CLOSE : Matcher.quoteReplacement(m.group());
        }));
    }

    /** A merge field is no address to the sanitizer; a host that can never exist holds its place. */
    @SuppressWarnings("ReferenceEquality") // the very document it began with
    private static void pointSlotLinksSomewhere(Node document) {
        Node node = document;
        while (true) {
            if (node instanceof Link link) {
                Matcher mark = MARKED.matcher(link.getDestination());
                if (mark.matches()) {
                    link.setDestination(SLOT_HOST + mark.group(1));
                }
            }
            Node next = node.getFirstChild();
            while (next == null && node != document) {
                next = node.getNext();
                if (next == null) {
                    node = node.getParent();
                }
            }
            if (next == null) {
                return;
            }
            node = next;
        }
    }

    private static String unmark(String compiled) {
        String linked = SLOT_LINK.matcher(compiled).replaceAll("{{$1}}");
        return MARKED.matcher(linked).replaceAll("{{$1}}");
    }

    private static int newlines(String text, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == '\n') {
                count++;
            }
        }
        return count;
    }

    private static String brief(String text) {
        return text.length() > 60 ? text.substring(0, 60) : text;
    }

    /** In plain text a link says where it leads, and an image what it shows. */
    private static final class WithTargets implements NodeRenderer {
        private final TextContentNodeRendererContext context;

        WithTargets(TextContentNodeRendererContext context) {
            this.context = context;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Link.class, Image.class);
        }

        @Override
        public void render(Node node) {
            if (node instanceof Image) {
                context.getWriter().write("[");
                renderChildren(node);
                context.getWriter().write("]");
                return;
            }
            renderChildren(node);
            String target = ((Link) node).getDestination();
            if (!target.equals(onlyText(node)) && !target.equals("mailto:" + onlyText(node))) {
                context.getWriter().write(" (" + target + ")");
            }
        }

        private void renderChildren(Node node) {
            for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
                context.render(child);
            }
        }

        private static @Nullable String onlyText(Node node) {
            Node child = node.getFirstChild();
            return child instanceof Text text && child.getNext() == null ? text.getLiteral() : null;
        }
    }
}
