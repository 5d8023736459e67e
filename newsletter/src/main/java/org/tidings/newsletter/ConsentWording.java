package org.tidings.newsletter;

import java.util.Locale;

/**
 * Words that are agreed to.
 *
 * @param version changes whenever the words do
 * @param words the whole text as shown, the newsletter's name put in
 */
public record ConsentWording(String version, Locale language, String words) {}
