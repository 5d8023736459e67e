package org.tidings.site;

/**
 * The migrations of all modules have run and nothing has begun yet: the moment to set right what must be right before any mail
 * goes out. When an observer throws, the site stays not ready, says the message to the operator, and fires this again some
 * seconds later. Fired by the web module.
 */
public record DatabaseMigrated() {}
