package org.tidings.site;

import java.util.List;

/**
 * A documented configuration key, read through MicroProfile Config. Every module produces its {@link Keys} as a CDI bean;
 * the web module prints effective values at start and warns about unknown {@code tidings.*} keys.
 *
 * @param name for example {@code tidings.smtp.url}; with {@code <name>} in it there may be several: {@code tidings.smtp.<name>.url}
 * @param fallback the default as text, empty for none
 * @param meaning one sentence: format, unit, limits
 * @param secret whether the value is masked where it is printed
 */
public record ConfigurationKey(String name, String fallback, String meaning, boolean secret) {

    /** The keys of one module. */
    public record Keys(List<ConfigurationKey> keys) {}
}
