package org.tidings.launcher;

/**
 * A page where the application cannot make one: nothing but words, in each language that Tidings speaks, because nobody has asked which.
 * It needs no style of its own, follows the reader's light or dark, and is as wide as the screen.
 */
record PlainPage(Words title, Words text, String more) {

    /** The same in each language. */
    record Words(String english, String german, String french) {

        static final Words TRY_AGAIN =
                new Words("Please try again in a moment", "Bitte gleich noch einmal", "Réessayez dans un instant");

        private String each(String tag, String between) {
            return String.join(between, in("en", tag, english), in("de", tag, german), in("fr", tag, french));
        }

        private static String in(String language, String tag, String words) {
            return "<" + tag + " lang=\"" + language + "\">" + words + "</" + tag + ">";
        }
    }

    PlainPage(Words title, Words text) {
        this(title, text, "");
    }

    String html() {
        return "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<meta name=\"color-scheme\" content=\"light dark\">"
                + "<title>" + title.english() + "</title></head><body><main><h1>"
                + title.each("span", " · ")
                + "</h1>" + text.each("p", "") + more
                + "</main></body></html>\n";
    }
}
