package org.tidings.announcements;

import java.util.Locale;

/**
 * One line of "was / now" in an update.
 *
 * @param label of the slot or the window, in the language
 */
public record Change(Locale language, String label, String was, String now) {}
