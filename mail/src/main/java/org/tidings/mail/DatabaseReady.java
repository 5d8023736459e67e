package org.tidings.mail;

/** The migrations of all modules have run: background work may begin. Fired once at start by the web module. */
public record DatabaseReady() {}
