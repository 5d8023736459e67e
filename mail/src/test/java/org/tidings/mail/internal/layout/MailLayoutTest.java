package org.tidings.mail.internal.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidings.mail.Appearance;
import org.tidings.mail.MailBody;
import org.tidings.mail.MessageClass;
import org.tidings.mail.RenderedMail;
import org.tidings.site.Theme;

class MailLayoutTest {

    @ParameterizedTest
    @EnumSource(MessageClass.class)
    void keepsTheColourOfItsClassInTheDark(MessageClass messageClass) {
        MailBody body = MailBody.in(Locale.ENGLISH).paragraph("Hello").build();

        String html = new MailLayout("Tidings", "", Theme.named("evergreen"))
                .render(messageClass, "Hi", body)
                .html();

        String name = "of-" + messageClass.name().toLowerCase(Locale.ROOT);
        assertThat(html).contains("class=\"card " + name + "\"");
        String dark = html.substring(html.indexOf("prefers-color-scheme:dark"));
        assertThat(dark).contains("." + name + "{border-top-color:#");
        // A shorthand with !important would win over the line above.
        assertThat(dark).doesNotContainPattern("\\.card\\{[^}]*border(-top)?-?color:");
    }

    /** NWS-09: who sends it and from where, in both parts. */
    @ParameterizedTest
    @EnumSource(MessageClass.class)
    void namesTheSenderAndWhereItIs(MessageClass messageClass) {
        MailBody body = MailBody.in(Locale.ENGLISH).paragraph("Hello").build();

        RenderedMail mail = new MailLayout("Acme", "Acme Ltd, 1 Example Street", Theme.named("evergreen"))
                .render(messageClass, "Hi", body);

        assertThat(mail.html()).contains("Acme Ltd, 1 Example Street");
        assertThat(mail.text()).contains("Acme Ltd, 1 Example Street");
    }

    /** MAI-02: Gmail shows no more than 102 KB, and the way out stands at the end. */
    @Test
    void aLongTableStaysSmall_MAI02() {
        StringBuilder table =
                new StringBuilder("<table><thead><tr><th>a</th><th>b</th><th>c</th><th>d</th></tr></thead><tbody>");
        for (int row = 0; row < 105; row++) {
            table.append("<tr><td>Weaving ")
                    .append(row)
                    .append("</td><td>12:30</td><td>Room 4</td><td>full</td></tr>\n");
        }
        String html = new MailLayout("Acme", "Acme Ltd, 1 Example Street", Theme.named("evergreen"))
                .render(
                        MessageClass.NEWSLETTER,
                        "S",
                        MailBody.in(Locale.ENGLISH)
                                .heading("Courses")
                                .written(table.append("</tbody></table>").toString(), "text")
                                .build())
                .html();

        assertThat(html.length()).isLessThan(40_000);
    }

    /** MAI-08, MAI-09, MAI-17: Word's width, long words, the other direction, addresses that can be clicked. */
    @Test
    void isReadableInWordOnPhonesAndFromRightToLeft_MAI08_MAI09_MAI17() {
        MailLayout layout = new MailLayout("Acme", "Acme Ltd, 1 Example Street", Theme.named("evergreen"));
        MailBody body = MailBody.in(Locale.ENGLISH)
                .heading("Works")
                .paragraph("See https://status.example.com/x?a=1&b=2. Ask help@example.net, please.")
                .written(
                        "<p>x</p><table><tr><th>y</th></tr></table><img src=\"https://example.com/i.png\" alt=\"i\">",
                        "x")
                .build();
        String service = layout.render(MessageClass.SERVICE, "S", body).html();

        assertThat(service)
                .contains("<!--[if mso]><table role=\"presentation\" width=\"600\"", "overflow-wrap:anywhere")
                .contains(
                        "<p dir=\"auto\"", "<th align=\"left\"", "<img width=\"520\" style=\"width:auto;max-width:100%")
                .contains(
                        "<a href=\"https://status.example.com/x?a=1&amp;b=2\"",
                        "</a>. Ask <a href=\"mailto:help@example.net\"");
        // Where a stranger's words may stand, they do not become links.
        assertThat(layout.render(MessageClass.ACCOUNT, "S", body).html()).doesNotContain("<a href=");
    }

    /** The same colours as on pages, and in another theme others: none is written down beside it. */
    @ParameterizedTest
    @EnumSource(MessageClass.class)
    void takesEveryColourFromTheTheme(MessageClass messageClass) {
        Theme theme = Theme.named("harbour");
        MailBody body = MailBody.in(Locale.ENGLISH)
                .heading("Works")
                .paragraph("x")
                .note("y")
                .button("Go", "https://example.com")
                .facts(List.of(new MailBody.Fact("When", "now")))
                .written(
                        "<h2>a</h2><p>b</p><pre>c</pre><blockquote>d</blockquote><hr><table><tr><td>e</td></tr></table>",
                        "x")
                .footer("Why", "https://example.com")
                .build();

        String html = new MailLayout("Acme", "", theme)
                .render(messageClass, "S", body)
                .html();

        Set<String> colours = Pattern.compile("#[0-9a-f]{6}")
                .matcher(html)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        assertThat(colours).contains(theme.light(Theme.Colour.ACCENT), theme.dark(Theme.Colour.ACCENT));
        assertThat(colours)
                .isSubsetOf(Arrays.stream(Theme.Colour.values())
                        .flatMap(colour -> Stream.of(theme.light(colour), theme.dark(colour)))
                        .toList());
    }

    @Test
    void isShownDarkOrLightToWhoAsks() {
        MailLayout layout = new MailLayout("Acme", "", Theme.named("evergreen"));
        MailBody body = MailBody.in(Locale.ENGLISH).paragraph("x").build();

        assertThat(layout.render(MessageClass.NEWSLETTER, "S", body, Appearance.DARK)
                        .html())
                .contains("@media all{.ground", "color-scheme:dark;")
                .doesNotContain("light dark");
        assertThat(layout.render(MessageClass.NEWSLETTER, "S", body, Appearance.LIGHT)
                        .html())
                .contains("color-scheme:light;")
                .doesNotContain(".ground{", "light dark");
    }
}
