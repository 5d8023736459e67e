package org.tidings.web.pages;

/**
 * What the page after a redirect says about the last step.
 *
 * @param tone how it is meant: notice, done, danger
 */
public record Flash(String tone, String text) {}
