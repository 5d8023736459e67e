package org.tidings.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * The colours and fonts of pages and mails, each by its name. One file a theme, {@code themes/NAME.properties} beside this class: a
 * colour as {@code #rrggbb} for light and for dark, a font as families from the wished one to the generic one.
 */
public final class Theme {

    public static final ConfigurationKey KEY = new ConfigurationKey(
            "tidings.theme",
            "evergreen",
            "Colours and fonts of pages and mails: evergreen or harbour.",
            false,
            Expected.matching("the name of a theme: evergreen or harbour", Theme::exists));

    /** What a colour is for. */
    public enum Colour {
        /** Around everything. */
        PAPER,
        /** What is read stands on it. */
        SURFACE,
        /** Quoted, typed and laid back. */
        SUNKEN,
        INK,
        INK_SOFT,
        LINE,
        LINE_STRONG,
        /** Links, buttons, the site itself. */
        ACCENT,
        ACCENT_STRONG,
        ACCENT_WASH,
        ON_ACCENT,
        DONE,
        DONE_WASH,
        WARNING,
        WARNING_WASH,
        DANGER,
        DANGER_WASH,
        FOCUS
    }

    /** What a font is for. */
    public enum Font {
        /** Headings and names. */
        SERIF,
        SANS,
        /** Code. */
        MONO
    }

    private static final Pattern NAME = Pattern.compile("[a-z]{1,40}");
    private static final Pattern COLOURS = Pattern.compile("(#[0-9a-f]{6})\\s+(#[0-9a-f]{6})");
    private static final String FAMILY = "[A-Za-z-][A-Za-z0-9-]*(?: [A-Za-z-][A-Za-z0-9-]*)*";
    /** Without quotes each word is an identifier: a family like "Serif 4" would make the whole list invalid. */
    private static final Pattern FAMILIES = Pattern.compile(FAMILY + "(?:, " + FAMILY + ")*");

    private final Map<Colour, String> light = new EnumMap<>(Colour.class);
    private final Map<Colour, String> dark = new EnumMap<>(Colour.class);
    private final Map<Font, String> fonts = new EnumMap<>(Font.class);

    private Theme(String name, Properties file) {
        for (Colour colour : Colour.values()) {
            var both = COLOURS.matcher(value(name, file, nameOf(colour)));
            if (!both.matches()) {
                throw new IllegalArgumentException(
                        "theme " + name + ": " + nameOf(colour) + " is not #rrggbb for light and #rrggbb for dark");
            }
            light.put(colour, both.group(1));
            dark.put(colour, both.group(2));
        }
        for (Font font : Font.values()) {
            String families = value(name, file, nameOf(font));
            if (!FAMILIES.matcher(families).matches()) {
                throw new IllegalArgumentException("theme " + name + ": " + nameOf(font)
                        + " is not a list of families without quotes and numbers");
            }
            fonts.put(font, families);
        }
    }

    /** @throws IllegalArgumentException when there is none of that name, or something is missing in it */
    public static Theme named(String name) {
        try (InputStream in = NAME.matcher(name).matches() ? Theme.class.getResourceAsStream(file(name)) : null) {
            if (in == null) {
                throw new IllegalArgumentException("there is no theme " + name);
            }
            Properties file = new Properties();
            file.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return new Theme(name, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean exists(String name) {
        return NAME.matcher(name).matches() && Theme.class.getResource(file(name)) != null;
    }

    private static String file(String name) {
        return "themes/" + name + ".properties";
    }

    private static String value(String theme, Properties file, String key) {
        String value = file.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("theme " + theme + ": " + key + " is missing");
        }
        return value.strip();
    }

    /** As in the file, and as in style sheets behind {@code --}. */
    public static String nameOf(Enum<?> colourOrFont) {
        return colourOrFont.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As {@code #rrggbb}. */
    public String light(Colour colour) {
        return get(light, colour);
    }

    /** As {@code #rrggbb}. */
    public String dark(Colour colour) {
        return get(dark, colour);
    }

    /** Families, divided by commas and without quotes, as {@code font-family} takes them. */
    public String font(Font font) {
        return get(fonts, font);
    }

    private static <K extends Enum<K>> String get(Map<K, String> values, K key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("nothing for " + key);
        }
        return value;
    }
}
