package org.tidings.site;

/** All that was begun is over: the ground floor closes the database. Fired once at the end by the web module. */
public record SiteHasEnded() {}
