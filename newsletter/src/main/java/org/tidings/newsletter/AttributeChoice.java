package org.tidings.newsletter;

import java.util.Locale;
import java.util.Map;

/**
 * One of several values.
 *
 * @param code what is kept: lower-case letters, digits, hyphens and low lines, at most 40
 * @param labels by language; 1 to 120 characters
 */
public record AttributeChoice(String code, Map<Locale, String> labels) {

    public AttributeChoice {
        labels = Map.copyOf(labels);
    }
}
