package org.tidings.site;

/**
 * A module's database schema. Every module produces one as a CDI bean; the web module migrates them all at start.
 *
 * @param name the schema's name, which is the module's
 * @param location Flyway's location on the class path, for example {@code db/mail}
 */
public record ModuleSchema(String name, String location) {}
