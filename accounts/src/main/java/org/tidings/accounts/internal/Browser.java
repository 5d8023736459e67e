package org.tidings.accounts.internal;

import java.util.Locale;

/** Says of a User-Agent header what its owner recognises: "Firefox, Linux". Never more than is needed for that. */
final class Browser {

    private static final String[][] NAMES = {
        {"edg/", "Edge"},
        {"opr/", "Opera"},
        {"samsungbrowser/", "Samsung Internet"},
        {"firefox/", "Firefox"},
        {"fxios/", "Firefox"},
        {"chrome/", "Chrome"},
        {"crios/", "Chrome"},
        {"safari/", "Safari"},
        {"curl/", "curl"},
    };
    private static final String[][] SYSTEMS = {
        {"android", "Android"},
        {"iphone", "iPhone"},
        {"ipad", "iPad"},
        {"windows", "Windows"},
        {"mac os", "macOS"},
        {"cros", "ChromeOS"},
        {"linux", "Linux"},
    };

    private Browser() {}

    /** @return empty if nothing is recognised */
    static String of(String userAgent) {
        String lower = userAgent.toLowerCase(Locale.ROOT);
        String name = first(NAMES, lower);
        String system = first(SYSTEMS, lower);
        return name.isEmpty() || system.isEmpty() ? name + system : name + ", " + system;
    }

    /**
     * The same in a sentence, after "with".
     *
     * @param on between browser and system
     * @param some a browser whose name is not known
     * @param unknown neither is known
     */
    static String inWords(String userAgent, String on, String some, String unknown) {
        String lower = userAgent.toLowerCase(Locale.ROOT);
        String name = first(NAMES, lower);
        String system = first(SYSTEMS, lower);
        if (system.isEmpty()) {
            return name.isEmpty() ? unknown : name;
        }
        return (name.isEmpty() ? some : name) + " " + on + " " + system;
    }

    private static String first(String[][] marks, String text) {
        for (String[] mark : marks) {
            if (text.contains(mark[0])) {
                return mark[1];
            }
        }
        return "";
    }
}
