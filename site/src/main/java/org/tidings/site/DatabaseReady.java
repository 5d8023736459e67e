package org.tidings.site;

/** After {@link DatabaseMigrated}: background work may begin. Fired once at start by the web module. */
public record DatabaseReady() {}
