package org.tidings.web.pages;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.tidings.site.Theme;

/** A theme as custom properties, {@code --ink-soft}, for light and for dark: what the style sheets are written in. */
final class ThemeSheet {

    private final Theme theme;
    private final byte[] sheet;

    ThemeSheet(Theme theme) {
        this.theme = theme;
        StringBuilder css = new StringBuilder("@layer tokens {\n  :root {\n");
        for (Theme.Font font : Theme.Font.values()) {
            css.append("    ").append(property(font, theme.font(font))).append('\n');
        }
        css.append(colours(theme::light))
                .append("  }\n  @media (prefers-color-scheme: dark) {\n    :root {\n")
                .append(colours(theme::dark))
                .append("    }\n  }\n}\n");
        sheet = css.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String colours(Function<Theme.Colour, String> scheme) {
        StringBuilder css = new StringBuilder();
        for (Theme.Colour colour : Theme.Colour.values()) {
            css.append("    ").append(property(colour, scheme.apply(colour))).append('\n');
        }
        return css.toString();
    }

    private static String property(Enum<?> name, String value) {
        return "--" + Theme.nameOf(name) + ": " + value + ";";
    }

    byte[] bytes() {
        return sheet.clone();
    }

    /** The sheet, and behind it what is written in its terms. */
    byte[] before(byte[] css) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(sheet);
        out.writeBytes(css);
        return out.toByteArray();
    }

    /** {@code {{accent}}} in a picture becomes the light colour: it has a ground of its own. */
    byte[] filled(byte[] picture) {
        String text = new String(picture, StandardCharsets.UTF_8);
        for (Theme.Colour colour : Theme.Colour.values()) {
            text = text.replace("{{" + Theme.nameOf(colour) + "}}", theme.light(colour));
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
