package org.tidings.newsletter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.newsletter.IssueProblem;
import org.tidings.newsletter.IssueProblem.Kind;
import org.tidings.newsletter.IssueText;

class MarkdownTest {

    private static List<IssueProblem> problems(String markdown) {
        return Markdown.problems(new IssueText("Subject", "", markdown));
    }

    @Test
    void rendersCommonMarkAndTables() {
        Markdown.Compiled mail = Markdown.compile(
                "# News\n\nHello **you**, see [the shop](https://example.com/a?b=1&c=2).\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n- x\n- y\n\n![A cat](https://example.com/cat.png)\n");

        assertThat(mail.html())
                .contains("<h1>News</h1>", "<strong>you</strong>", "<table>", "<li>x</li>")
                .contains("alt=\"A cat\"", "align=\"right\"")
                .contains("href=\"https://example.com/a?b&#61;1&amp;c&#61;2\"");
        assertThat(mail.text())
                .contains("News", "the shop (https://example.com/a?b=1&c=2)", "[A cat]")
                .doesNotContain("<", "**");
    }

    @Test
    void keepsMergeFieldsInTextAndLinks() {
        Markdown.Compiled mail =
                Markdown.compile("Dear {{ name }},\n\n[bye]({{unsubscribeUrl}}) `{{name}}` [web](<{{archiveUrl}}>)");

        assertThat(mail.html())
                .contains("Dear {{name}},", "href=\"{{unsubscribeUrl}}\"", "<code>{{name}}</code>", "{{archiveUrl}}");
        assertThat(mail.text()).contains("Dear {{name}},", "bye ({{unsubscribeUrl}})");
        Markdown.Compiled filled = mail.with(Map.of("name", "<b>O'Hara & \"Co\"</b>"));
        assertThat(filled.html()).contains("Dear &lt;b&gt;O&#39;Hara &amp; &quot;Co&quot;&lt;/b&gt;,");
        assertThat(filled.text()).contains("Dear <b>O'Hara & \"Co\"</b>,");
    }

    @Test
    void namesUnknownMergeFieldsWithTheirLines() {
        assertThat(problems("ok\n\n{{nmae}}\n\n{{name}} {{ secret.key }}\n{{}}"))
                .containsExactly(
                        new IssueProblem(Kind.UNKNOWN_MERGE_FIELD, "markdown", 3, "nmae"),
                        new IssueProblem(Kind.UNKNOWN_MERGE_FIELD, "markdown", 5, "secret.key"),
                        new IssueProblem(Kind.UNKNOWN_MERGE_FIELD, "markdown", 6, ""));
        assertThat(Markdown.problems(new IssueText("Hi {{who}}", "{{unsubscribeUrl}}", "x")))
                .containsExactly(
                        new IssueProblem(Kind.UNKNOWN_MERGE_FIELD, "subject", 0, "who"),
                        new IssueProblem(Kind.MISPLACED_MERGE_FIELD, "preheader", 0, "unsubscribeUrl"));
    }

    @Test
    void namesMergeFieldsInTheWrongPlace() {
        assertThat(problems("{{unsubscribeUrl}}\n\n[x]({{name}})\n\n[x](https://a.example/{{unsubscribeUrl}})"))
                .extracting(IssueProblem::kind, IssueProblem::line)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Kind.MISPLACED_MERGE_FIELD, 1),
                        org.assertj.core.groups.Tuple.tuple(Kind.MISPLACED_MERGE_FIELD, 3),
                        org.assertj.core.groups.Tuple.tuple(Kind.MISPLACED_MERGE_FIELD, 5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[x](javascript:alert(1))",
                "[x](JaVaScRiPt:alert(1))",
                "[x](data:text/html;base64,PHNjcmlwdD4=)",
                "[x](vbscript:x)",
                "[x](&#106;avascript:alert(1))",
                "[x]: javascript:alert(1)\n\n[x]",
                "<javascript:alert(1)>",
                "[x](file:///etc/passwd)",
                "[x](/relative)",
                "[x](//example.com)",
                "![x](data:image/png;base64,AAAA)",
                "![x](cid:1)",
                "[x](\\\\example.com)",
                "[x](java\\\nscript:alert(1))"
            })
    void neverLetsOtherLinksThrough(String markdown) {
        String html = Markdown.compile(markdown).html();

        assertThat(html.replace("&#64;", "@"))
                .doesNotContain("href=\"javascript", "href=\"data", "src=\"data", "vbscript");
        boolean linked = html.contains("href=") || html.contains("src=");
        assertThat(linked && problems(markdown).isEmpty()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "Hi <img src=x onerror=alert(1)> there",
                "<iframe src=\"https://evil.example\"></iframe>",
                "<style>body{display:none}</style>",
                "<a href=\"javascript:alert(1)\">x</a>",
                "<svg/onload=alert(1)>",
                "<form action=https://evil.example><input name=password></form>",
                "<!-- <script>alert(1)</script> -->",
                "<div style=\"position:fixed\">x</div>",
                "```html\n<script>alert(1)</script>\n```",
                "[\"><script>alert(1)</script>](https://example.com)",
                "![\"onerror=alert(1) x=\"](https://example.com/\"onerror=alert(1))",
                "[x](https://example.com \"\\\" onmouseover=alert(1) x=\\\"\")",
                "<https://example.com/\"onclick=alert(1)>",
                "&lt;script&gt;alert(1)&lt;/script&gt;",
                "| <script>alert(1)</script> |\n|---|\n| <b onclick=x> |"
            })
    void showsHtmlAsTyped(String markdown) {
        org.jsoup.nodes.Document page =
                org.jsoup.Jsoup.parseBodyFragment(Markdown.compile(markdown).html());

        assertThat(page.select("script, style, iframe, svg, form, input, object, embed, div, link, meta"))
                .isEmpty();
        page.body()
                .getAllElements()
                .forEach(element -> element.attributes()
                        .forEach(attribute -> assertThat(attribute.getKey())
                                .doesNotStartWith("on")
                                .isNotEqualTo("style")));
    }

    @Test
    void breaksUpMergeFieldsSmuggledInAsEntities() {
        Markdown.Compiled mail = Markdown.compile("&#123;&#123;secret&#125;&#125; \\{\\{secret}}");

        assertThat(mail.html()).doesNotContain("{{");
        assertThat(mail.text()).doesNotContain("{{");
    }

    @Test
    void wantsADescriptionForEveryImage() {
        assertThat(problems("x\n\n![](https://example.com/a.png)"))
                .containsExactly(new IssueProblem(Kind.IMAGE_WITHOUT_DESCRIPTION, "markdown", 3, ""));
    }

    @Test
    void refusesMoreThanOneMegabyte() {
        assertThat(problems("ä".repeat(Markdown.MAX_OCTETS / 2))).isEmpty();
        assertThat(problems("ä".repeat(Markdown.MAX_OCTETS / 2) + "x"))
                .containsExactly(new IssueProblem(Kind.TOO_LONG, "markdown", 0, ""));
    }

    @Test
    void refusesControlCharactersInSubjectAndText() {
        assertThat(Markdown.problems(new IssueText("Hi\r\nBcc: all@example.com", "a\u0000b", "x\ny\u0000z")))
                .containsExactly(
                        new IssueProblem(Kind.CONTROL_CHARACTER, "subject", 0, ""),
                        new IssueProblem(Kind.CONTROL_CHARACTER, "preheader", 0, ""),
                        new IssueProblem(Kind.CONTROL_CHARACTER, "markdown", 2, ""));
        assertThat(Markdown.problems(new IssueText(" ", "", " ")))
                .extracting(IssueProblem::kind)
                .containsExactly(Kind.EMPTY, Kind.EMPTY);
    }

    static List<String> hostile() {
        return List.of(
                ">",
                "> ",
                "- ",
                "1. ",
                "*",
                "**a ",
                "_a_ ",
                "[",
                "![",
                "[a](",
                "![a](b ",
                "`",
                "` `` ",
                "<",
                "<a ",
                "&",
                "\\",
                "|",
                "|a|b\n|-|-\n",
                "#",
                "```\n",
                "    ",
                "\t",
                "\n",
                "[a]: b\n",
                "<!--",
                "<?",
                "<![CDATA[",
                "*a **b ",
                "a@b ",
                "{{",
                "{{name}}",
                "[{{name}}](",
                "\uE000name\uE001",
                "𝕏");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void survivesAMegabyteOfAnything(String piece) {
        int octets = piece.getBytes(StandardCharsets.UTF_8).length;
        // A whole megabyte of what has been dangerous elsewhere; a tenth of the rest keeps the test short.
        int most = List.of("[", ">", "*", "> ", "|", "{{name}}").contains(piece)
                ? Markdown.MAX_OCTETS
                : Markdown.MAX_OCTETS / 10;
        String whole = piece.repeat(most / octets);
        String open = piece.repeat(50_000 / octets) + "x";

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (String text : List.of(whole, open)) {
                if (problems(text).isEmpty()) {
                    assertThatCode(() -> Markdown.compile(text)).doesNotThrowAnyException();
                }
            }
        });
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        assertThat(problems("> ".repeat(70) + "x"))
                .extracting(IssueProblem::kind)
                .contains(Kind.NESTED_TOO_DEEPLY);
    }
}
