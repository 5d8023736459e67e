package org.tidings.launcher;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What a backup says of itself, as lines {@code name=value}.
 *
 * @param madeAt when it was begun
 * @param version of Tidings
 * @param product {@value #EMBEDDED} or {@value #POSTGRESQL}
 * @param facts of the database
 * @param secret fingerprint of the site's secret, which is not in the backup; empty where there was none
 */
record Manifest(Instant madeAt, String version, String product, DatabaseFacts facts, String secret) {

    static final String EMBEDDED = "H2";
    static final String POSTGRESQL = "PostgreSQL";

    private static final String FORMAT = "1";

    String text() {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("tidings-backup", FORMAT);
        lines.put("made-at", madeAt.toString());
        lines.put("version", version);
        lines.put("database", product);
        lines.put("database-version", facts.version());
        lines.put("site", facts.site());
        lines.put("generation", Integer.toString(facts.generation()));
        lines.put("secret", secret);
        var text = new StringBuilder();
        lines.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        return text.toString();
    }

    /** Empty when it is none, or one of a later form. */
    static Optional<Manifest> read(String text) {
        var lines = new Properties();
        try {
            lines.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (!FORMAT.equals(lines.getProperty("tidings-backup"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Manifest(
                    Instant.parse(lines.getProperty("made-at", "")),
                    lines.getProperty("version", ""),
                    lines.getProperty("database", ""),
                    DatabaseFacts.of(lines),
                    lines.getProperty("secret", "")));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
