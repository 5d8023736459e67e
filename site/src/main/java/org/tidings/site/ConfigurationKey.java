package org.tidings.site;

import java.util.List;
import java.util.Optional;

/**
 * A documented configuration key, read through MicroProfile Config. Every module produces its {@link Keys} as a CDI bean;
 * the web module prints effective values at start, refuses wrong ones and warns about unknown {@code tidings.*} keys.
 *
 * @param name for example {@code tidings.smtp.url}; with {@code <name>} in it there may be several: {@code tidings.smtp.<name>.url}
 * @param fallback the default as text, empty for none
 * @param meaning one sentence: format, unit, limits
 * @param secret whether the value is masked where it is printed
 * @param expected what a value has to be
 */
public record ConfigurationKey(String name, String fallback, String meaning, boolean secret, Expected expected) {

    /** The keys of one module. */
    public record Keys(List<ConfigurationKey> keys) {}

    /**
     * What is wrong with a value, as a sentence for the operator; a secret is not repeated.
     *
     * @param member the key itself, or the name of a member of the family that this key describes
     */
    public Optional<String> refuse(String member, String value) {
        if (value.isBlank() || expected.accepts(value)) {
            return Optional.empty();
        }
        String shown = secret ? " has a value (not shown)" : " is \"" + printable(value) + "\"";
        return Optional.of(member + shown + ", which is not " + expected.words() + ".");
    }

    private static String printable(String value) {
        String line = value.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "\uFFFD");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }
}
