package org.tidings.mail.internal;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailBody.Block;
import org.tidings.mail.MessageClass;
import org.tidings.mail.RenderedMail;

/**
 * The one layout of all mails: makes the HTML document and the text from the same blocks (A10, A16, A17). Slots stay in place.
 *
 * <p>One column of at most 600 pixels in tables, because Outlook knows nothing else; every style inline, because Gmail drops
 * sheets when forwarding; the sheet in the head only adds the dark colours and the narrow screen. There are no images: nothing
 * is missing where they are blocked. What is the same for all that stands in a cell is said of the cell: a table of a hundred rows is
 * 30 KB and not 112, and Gmail shows no more than 102.
 */
final class MailLayout {

    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "fa", "he", "iw", "ur", "yi");

    private static final String SERIF = "Charter,'Bitstream Charter','Iowan Old Style',Georgia,serif";
    private static final String SANS =
            "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif";

    /** Said once, on the cell around: everything in it inherits, tables in Word excepted. Long words and paths wrap. */
    private static final String BODY_CELL = "font-family:" + SANS
            + ";font-size:16px;line-height:26px;color:#24292b;overflow-wrap:anywhere;word-break:break-word;";

    private static final String FOOT_CELL = "font-family:" + SANS
            + ";font-size:13px;line-height:20px;color:#5b6467;overflow-wrap:anywhere;word-break:break-word;";
    private static final String BODY_TEXT = "margin:0 0 18px;";
    private static final String NOTE_TEXT = "margin:0 0 18px;font-size:14px;line-height:22px;color:#5b6467;";
    private static final String FOOT_TEXT = "margin:0 0 8px;";
    private static final String LINK = "color:#0b5c6b;text-decoration:underline;";

    /** Word knows no max-width: without this table lines are as wide as its window. */
    private static final String WORD_BEGIN =
            "<!--[if mso]><table role=\"presentation\" width=\"600\" align=\"center\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">"
                    + "<tr><td><![endif]-->\n";

    private static final String WORD_END = "<!--[if mso]></td></tr></table><![endif]-->\n";
    /** Pixels beside the card's padding. Word takes a picture's size from its attributes only; the others go by the style. */
    private static final int PICTURE_WIDTH = 520;

    /** Tags of a written part and how they look. */
    private static final Map<String, String> WRITTEN = Map.ofEntries(
            Map.entry("h1", heading(27, 34)),
            Map.entry("h2", heading(22, 29)),
            Map.entry("h3", heading(18, 26)),
            Map.entry("h4", heading(16, 24)),
            Map.entry("p", BODY_TEXT),
            Map.entry("a", LINK),
            Map.entry("ul", "margin:0 0 18px;padding:0 0 0 24px;"),
            Map.entry("ol", "margin:0 0 18px;padding:0 0 0 26px;"),
            Map.entry("li", "margin:0 0 8px;"),
            Map.entry("blockquote", "margin:0 0 18px;padding:2px 0 2px 18px;border-left:3px solid #c9c3b6;"),
            Map.entry(
                    "pre",
                    "margin:0 0 18px;padding:14px 16px;background-color:#f1eee7;border-radius:6px;white-space:pre-wrap;"
                            + "overflow-wrap:anywhere;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:14px;"
                            + "line-height:21px;color:#24292b;"),
            Map.entry("code", "font-family:ui-monospace,Menlo,Consolas,monospace;font-size:14px;"),
            Map.entry("img", "width:auto;max-width:100%;height:auto;border:0;border-radius:6px;"),
            Map.entry("hr", "border:0;border-top:1px solid #ddd8cc;margin:28px 0;height:0;"),
            Map.entry(
                    "table",
                    "border-collapse:collapse;margin:0 0 18px;width:100%;font-family:" + SANS
                            + ";font-size:15px;line-height:22px;color:#24292b;"),
            Map.entry("th", "border-bottom:2px solid #c9c3b6;font-size:14px;"),
            Map.entry("td", "border-bottom:1px solid #ddd8cc;"));

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

    private static final String SHEET = """
            :root{color-scheme:light dark;supported-color-schemes:light dark}
            a{overflow-wrap:anywhere}
            .ink td,.ink th{vertical-align:top}
            @media (max-width:480px){.pad{padding-left:22px!important;padding-right:22px!important}\
            .card{border-radius:0!important;border-left:0!important;border-right:0!important}\
            .shell{padding-top:0!important}.button{display:block!important;text-align:center!important}\
            .fact{display:block!important;width:auto!important;padding-bottom:0!important;border-bottom:0!important}\
            .value{display:block!important;padding-top:0!important}}
            @media (prefers-color-scheme:dark){\
            .ground{background-color:#14181a!important}\
            .card{background-color:#1d2326!important;border-left-color:#333b3f!important;border-right-color:#333b3f!important;\
            border-bottom-color:#333b3f!important}\
            .of-account{border-top-color:#8b979b!important}.of-service{border-top-color:#e0a458!important}\
            .of-newsletter{border-top-color:#7fd0df!important}\
            .ink,.ink p,.ink li,.ink h1,.ink h2,.ink h3,.ink h4,.ink td,.ink th,.ink pre{color:#e7e4dc!important}\
            .quiet,.quiet p,.quiet td{color:#a9b1b3!important}\
            .ink a,.quiet a{color:#7fd0df!important}\
            .rule,.ink td,.ink th,.ink hr,.ink blockquote{border-color:#3b4448!important}\
            .ink pre{background-color:#14181a!important}\
            .button,.ink .button{background-color:#7fd0df!important;color:#0d2429!important;border-color:#7fd0df!important}}
            """;

    private final String siteName;
    private final String postalAddress;

    MailLayout(String siteName, String postalAddress) {
        this.siteName = siteName;
        this.postalAddress = postalAddress;
    }

    private static String heading(int size, int line) {
        return "margin:" + (size > 20 ? "0 0 16px" : "26px 0 10px") + ";font-family:" + SERIF + ";font-size:" + size
                + "px;line-height:" + line + "px;font-weight:700;letter-spacing:-0.2px;color:#171b1d;";
    }

    RenderedMail render(MessageClass messageClass, String subject, MailBody body) {
        return new RenderedMail(subject, html(messageClass, subject, body), text(body));
    }

    private String html(MessageClass messageClass, String subject, MailBody body) {
        StringBuilder out = new StringBuilder(8192);
        Locale language = body.language();
        String dir = RIGHT_TO_LEFT.contains(language.getLanguage()) ? "rtl" : "ltr";
        out.append("<!doctype html>\n<html lang=\"")
                .append(Slots.escape(language.toLanguageTag()))
                .append("\" dir=\"")
                .append(dir)
                .append("\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
                .append("<meta name=\"supported-color-schemes\" content=\"light dark\">\n")
                .append("<meta name=\"format-detection\" content=\"telephone=no, date=no, address=no\">\n<title>")
                .append(Slots.escape(subject))
                .append("</title>\n<style>\n")
                .append(SHEET)
                .append("</style>\n</head>\n")
                .append("<body class=\"ground\" style=\"margin:0;padding:0;background-color:#f3f0e9;\">\n");
        if (!body.preheader().isBlank()) {
            out.append("<div style=\"display:none;max-height:0;overflow:hidden;mso-hide:all;\">")
                    .append(Slots.escape(body.preheader()))
                    .append("&#8199;&#847; ".repeat(20))
                    .append("</div>\n");
        }
        out.append(
                        "<table role=\"presentation\" class=\"ground\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
                                + "style=\"background-color:#f3f0e9;\">\n<tr><td class=\"shell\" align=\"center\" "
                                + "style=\"padding:32px 0 40px;\">\n")
                .append(WORD_BEGIN)
                .append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
                        + "style=\"max-width:600px;\">\n")
                .append("<tr><td class=\"card of-")
                .append(messageClass.name().toLowerCase(Locale.ROOT))
                .append("\" style=\"background-color:#ffffff;border:1px solid #e4dfd3;border-top:4px solid ")
                .append(accent(messageClass))
                .append(";border-radius:8px;\">\n")
                .append(
                        "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">\n")
                .append("<tr><td class=\"pad quiet\" style=\"padding:26px 40px 0;\"><p style=\"margin:0;font-family:")
                .append(SERIF)
                .append(";font-size:15px;line-height:22px;font-weight:700;letter-spacing:0.2px;color:#5b6467;\">")
                .append(Slots.escape(siteName))
                .append("</p></td></tr>\n<tr><td class=\"pad ink\" style=\"padding:22px 40px 20px;")
                .append(BODY_CELL)
                .append("\">\n");
        boolean first = true;
        for (Block block : body.blocks()) {
            append(block, first, messageClass == MessageClass.SERVICE, dir.equals("rtl"), out);
            first = false;
        }
        out.append("</td></tr>\n</table>\n</td></tr>\n<tr><td class=\"pad quiet\" style=\"padding:24px 40px 0;")
                .append(FOOT_CELL)
                .append("\">\n");
        for (MailBody.FooterLine line : body.footer()) {
            out.append("<p style=\"").append(FOOT_TEXT).append("\">");
            if (line.url().isEmpty()) {
                out.append(breaks(line.text()));
            } else {
                out.append("<a href=\"")
                        .append(Slots.escape(line.url()))
                        .append(
                                "\" style=\"color:#0b5c6b;text-decoration:underline;display:inline-block;padding:3px 0;\">")
                        .append(Slots.escape(line.text()))
                        .append("</a>");
            }
            out.append("</p>\n");
        }
        out.append("<p style=\"")
                .append(FOOT_TEXT)
                .append("\"><strong>")
                .append(Slots.escape(siteName))
                .append("</strong>");
        if (!postalAddress.isBlank()) {
            out.append("<br>").append(Slots.escape(postalAddress));
        }
        return out.append("</p>\n</td></tr>\n</table>\n")
                .append(WORD_END)
                .append("</td></tr>\n</table>\n</body>\n</html>\n")
                .toString();
    }

    private static String accent(MessageClass messageClass) {
        return switch (messageClass) {
            case ACCOUNT -> "#38474c";
            case SERVICE -> "#b4540a";
            case NEWSLETTER -> "#0b5c6b";
        };
    }

    /** @param links whether bare addresses become links: in what staff wrote, not where a stranger's words may stand */
    private static void append(Block block, boolean first, boolean links, boolean toTheRight, StringBuilder out) {
        if (block instanceof MailBody.Heading heading) {
            String tag = first ? "h1" : "h2";
            out.append("<")
                    .append(tag)
                    .append(" dir=\"auto\" style=\"")
                    .append(first ? heading(27, 34) : heading(20, 28))
                    .append("\">")
                    .append(Slots.escape(heading.text()))
                    .append("</")
                    .append(tag)
                    .append(">\n");
        } else if (block instanceof MailBody.Paragraph paragraph) {
            out.append("<p dir=\"auto\" style=\"")
                    .append(BODY_TEXT)
                    .append("\">")
                    .append(words(paragraph.text(), links))
                    .append("</p>\n");
        } else if (block instanceof MailBody.Note note) {
            out.append("<div class=\"quiet\"><p dir=\"auto\" class=\"quiet\" style=\"")
                    .append(NOTE_TEXT)
                    .append("\">")
                    .append(words(note.text(), links))
                    .append("</p></div>\n");
        } else if (block instanceof MailBody.Button button) {
            out.append("<p style=\"margin:26px 0 28px;\"><a class=\"button\" href=\"")
                    .append(Slots.escape(button.url()))
                    .append(
                            "\" style=\"display:inline-block;background-color:#0b5c6b;border:1px solid #0b5c6b;border-radius:6px;")
                    .append("padding:13px 26px;font-family:")
                    .append(SANS)
                    .append(";font-size:16px;line-height:22px;font-weight:600;color:#ffffff;text-decoration:none;\">")
                    .append(Slots.escape(button.label()))
                    .append("</a></p>\n");
        } else if (block instanceof MailBody.Facts facts) {
            out.append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
                    + "style=\"margin:4px 0 22px;border-collapse:collapse;font-family:" + SANS
                    + ";color:#24292b;\">\n");
            for (MailBody.Fact fact : facts.facts()) {
                out.append(
                                "<tr><td class=\"fact quiet\" width=\"30%\" style=\"padding:11px 14px 11px 0;"
                                        + "border-bottom:1px solid #e4dfd3;vertical-align:top;\"><p class=\"quiet\" style=\"margin:0;font-size:14px;line-height:24px;color:#5b6467;\">")
                        .append(Slots.escape(fact.label()))
                        .append("</p></td><td class=\"value\" style=\"padding:11px 0;border-bottom:1px solid #e4dfd3;")
                        .append(
                                "vertical-align:top;\"><p dir=\"auto\" style=\"margin:0;font-size:16px;line-height:24px;\">")
                        .append(words(fact.value(), links))
                        .append("</p></td></tr>\n");
            }
            out.append("</table>\n");
        } else if (block instanceof MailBody.Written written) {
            out.append("<div class=\"ink\">")
                    .append(styled(Slots.plain(written.html()), toTheRight))
                    .append("</div>\n");
        }
    }

    private static String words(String text, boolean links) {
        if (!links) {
            return breaks(text);
        }
        StringBuilder out = new StringBuilder(text.length() + 64);
        Matcher bare = BARE.matcher(text);
        int from = 0;
        while (bare.find()) {
            String address = Slots.escape(bare.group());
            out.append(breaks(text.substring(from, bare.start())))
                    .append("<a href=\"")
                    .append(address.startsWith("http") ? "" : "mailto:")
                    .append(address)
                    .append("\" style=\"" + LINK + "\">")
                    .append(address)
                    .append("</a>");
            from = bare.end();
        }
        return out.append(breaks(text.substring(from))).toString();
    }

    private static String breaks(String text) {
        return Slots.escape(text).replace("\r\n", "\n").replace("\n", "<br>\n");
    }

    private static String styled(String html, boolean toTheRight) {
        Matcher tags = OPENING_TAG.matcher(html);
        StringBuilder out = new StringBuilder(html.length() + html.length() / 2);
        while (tags.find()) {
            String tag = tags.group(1);
            String more = ATTRIBUTES.getOrDefault(tag, "");
            if (tag.equals("th")) {
                // Word knows no "start".
                more = toTheRight ? " align=\"right\"" : " align=\"left\"";
            } else if (tag.equals("img") && !hasWidth(html, tags.end())) {
                more = " width=\"" + PICTURE_WIDTH + "\"";
            }
            tags.appendReplacement(
                    out,
                    Matcher.quoteReplacement("<" + tag + more + " style=\"" + WRITTEN.getOrDefault(tag, "") + "\""));
        }
        return tags.appendTail(out).toString();
    }

    private static boolean hasWidth(String html, int from) {
        int end = html.indexOf('>', from);
        return end > 0 && WIDTH.matcher(html.substring(from, end)).find();
    }

    private String text(MailBody body) {
        StringBuilder out = new StringBuilder(2048);
        for (Block block : body.blocks()) {
            if (block instanceof MailBody.Heading heading) {
                out.append(heading.text())
                        .append("\n")
                        .append("-"
                                .repeat(Math.max(3, Math.min(60, heading.text().length()))))
                        .append("\n\n");
            } else if (block instanceof MailBody.Paragraph paragraph) {
                out.append(paragraph.text()).append("\n\n");
            } else if (block instanceof MailBody.Note note) {
                out.append(note.text()).append("\n\n");
            } else if (block instanceof MailBody.Button button) {
                out.append(button.label()).append(":\n").append(button.url()).append("\n\n");
            } else if (block instanceof MailBody.Facts facts) {
                for (MailBody.Fact fact : facts.facts()) {
                    out.append(fact.label())
                            .append(": ")
                            .append(fact.value().replace("\n", "\n    "))
                            .append("\n");
                }
                out.append("\n");
            } else if (block instanceof MailBody.Written written) {
                out.append(written.text().strip()).append("\n\n");
            }
        }
        out.append("________________________________________\n\n");
        for (MailBody.FooterLine line : body.footer()) {
            out.append(line.text());
            if (!line.url().isEmpty()) {
                out.append(":\n").append(line.url());
            }
            out.append("\n\n");
        }
        out.append(siteName).append("\n");
        if (!postalAddress.isBlank()) {
            out.append(postalAddress).append("\n");
        }
        return out.toString();
    }
}
