package org.tidings.web.pages;

/**
 * What the page after a redirect says about the last step.
 *
 * @param tone how it is meant: notice, done, danger
 * @param about the address that it was about, for a form that asks for it next; may be empty
 */
public record Flash(String tone, String text, String about) {
    private static final String BETWEEN = "\u001f";

    public Flash(String tone, String text) {
        this(tone, text, "");
    }

    String written() {
        return tone + "\n" + text + (about.isEmpty() ? "" : BETWEEN + about);
    }

    static Flash read(String written) {
        int line = written.indexOf('\n');
        int end = written.indexOf(BETWEEN);
        return new Flash(
                written.substring(0, line),
                written.substring(line + 1, end < 0 ? written.length() : end),
                end < 0 ? "" : written.substring(end + BETWEEN.length()));
    }
}
