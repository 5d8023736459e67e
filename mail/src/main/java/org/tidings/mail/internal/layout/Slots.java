package org.tidings.mail.internal.layout;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code {{name}}} in texts. Also finds a slot that a link's percent-encoding or a sanitizer's caution has disguised.
 */
public final class Slots {

    public static final Pattern SLOT = Pattern.compile("\\{\\{\\s{0,2}([a-zA-Z][a-zA-Z0-9]{0,39})\\s{0,2}}}");
    private static final Pattern ENCODED = Pattern.compile("%7[Bb]%7[Bb]([a-zA-Z][a-zA-Z0-9]{0,39})%7[Dd]%7[Dd]");

    private Slots() {}

    /** Brings disguised slots of HTML back to {@code {{name}}}. */
    public static String plain(String html) {
        Matcher encoded = ENCODED.matcher(html.replace("{<!-- -->{", "{{"));
        return encoded.replaceAll("{{$1}}");
    }

    public static boolean any(String text) {
        return text.contains("{{") && SLOT.matcher(text).find();
    }

    public static String escape(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            String replacement = switch (text.charAt(i)) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                case '"' -> "&quot;";
                case '\'' -> "&#39;";
                default -> "";
            };
            if (!replacement.isEmpty()) {
                if (out == null) {
                    out = new StringBuilder(text.length() + 32).append(text, 0, i);
                }
                out.append(replacement);
            } else if (out != null) {
                out.append(text.charAt(i));
            }
        }
        return out == null ? text : out.toString();
    }
}
