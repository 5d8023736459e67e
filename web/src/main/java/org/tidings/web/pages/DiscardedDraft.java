package org.tidings.web.pages;

import java.time.OffsetDateTime;

/**
 * A draft that was thrown away and can be brought back, in the list of its kind.
 *
 * @param title as it stood in the list
 * @param at when it was thrown away
 * @param bringBack where the form that brings it back is sent
 */
public record DiscardedDraft(String title, OffsetDateTime at, String bringBack) {}
