package org.tidings.mail.internal.layout;

import java.util.Locale;
import org.tidings.site.Theme;

/**
 * The theme as inline styles: Gmail drops sheets when forwarding. What is the same for all that stands in a cell is said of the cell,
 * and everything in it inherits, tables in Word excepted.
 */
public final class MailLook {

    private final Theme theme;

    MailLook(Theme theme) {
        this.theme = theme;
    }

    /** @param colour by its name in the theme's file */
    public String light(String colour) {
        return theme.light(named(colour));
    }

    /** @param colour by its name in the theme's file */
    public String dark(String colour) {
        return theme.dark(named(colour));
    }

    private static Theme.Colour named(String colour) {
        return Theme.Colour.valueOf(colour.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The colour of the line above a mail, by which people tell what comes from where. */
    public String ofClass(String messageClass) {
        return switch (messageClass) {
            case "account" -> "ink-soft";
            case "service" -> "warning";
            default -> "accent";
        };
    }

    public String serif() {
        return families(Theme.Font.SERIF);
    }

    public String sans() {
        return families(Theme.Font.SANS);
    }

    private String families(Theme.Font font) {
        return theme.font(font).replace(", ", ",");
    }

    /** Long words and paths wrap. */
    public String bodyCell() {
        return cell(16, 26, "ink");
    }

    public String footCell() {
        return cell(13, 20, "ink-soft");
    }

    private String cell(int size, int line, String colour) {
        return "font-family:" + sans() + ";font-size:" + size + "px;line-height:" + line + "px;color:" + light(colour)
                + ";overflow-wrap:anywhere;word-break:break-word;";
    }

    public String heading(int size, int line) {
        return "margin:" + (size > 20 ? "0 0 16px" : "26px 0 10px") + ";font-family:" + serif() + ";font-size:" + size
                + "px;line-height:" + line + "px;font-weight:700;letter-spacing:-0.2px;color:" + light("ink") + ";";
    }

    public String link() {
        return "color:" + light("accent") + ";text-decoration:underline;";
    }

    /** How a tag of a written part looks; empty for what looks like what is around it. */
    String written(String tag) {
        return switch (tag) {
            case "h1" -> heading(27, 34);
            case "h2" -> heading(22, 29);
            case "h3" -> heading(18, 26);
            case "h4" -> heading(16, 24);
            case "p" -> "margin:0 0 18px;";
            case "a" -> link();
            case "ul" -> "margin:0 0 18px;padding:0 0 0 24px;";
            case "ol" -> "margin:0 0 18px;padding:0 0 0 26px;";
            case "li" -> "margin:0 0 8px;";
            case "blockquote" -> "margin:0 0 18px;padding:2px 0 2px 18px;border-left:3px solid " + light("line") + ";";
            case "pre" ->
                "margin:0 0 18px;padding:14px 16px;background-color:" + light("sunken") + ";border-radius:6px;"
                        + "white-space:pre-wrap;overflow-wrap:anywhere;" + code() + "line-height:21px;color:"
                        + light("ink") + ";";
            case "code" -> code();
            case "img" -> "width:auto;max-width:100%;height:auto;border:0;border-radius:6px;";
            case "hr" -> "border:0;border-top:1px solid " + light("line") + ";margin:28px 0;height:0;";
            case "table" ->
                "border-collapse:collapse;margin:0 0 18px;width:100%;font-family:" + sans()
                        + ";font-size:15px;line-height:22px;color:" + light("ink") + ";";
            case "th" -> "border-bottom:2px solid " + light("line") + ";font-size:14px;";
            case "td" -> "border-bottom:1px solid " + light("line") + ";";
            default -> "";
        };
    }

    private String code() {
        return "font-family:" + families(Theme.Font.MONO) + ";font-size:14px;";
    }
}
