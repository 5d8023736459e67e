package org.tidings.web.pages;

/**
 * What stands on top of every page while it matters.
 *
 * @param tone {@code notice}, {@code warning}, or {@code danger}
 * @param title one line, not escaped yet
 * @param text may be empty
 * @param path where more is said, may be empty
 * @param others what else there is that has no line of its own, may be empty
 * @param othersPath where that is
 */
public record Banner(String tone, String title, String text, String path, String others, String othersPath) {
    public Banner(String tone, String title, String text, String path) {
        this(tone, title, text, path, "", "");
    }
}
