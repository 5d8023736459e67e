/**
 * The module's own words and how times, Markdown and differences of texts are written.
 *
 * <p><b>Comes in:</b> a language, a window, a text.
 *
 * <p><b>Goes out:</b> plain text or clean HTML, in one of the site's languages, English for any other.
 *
 * <p><b>Never:</b> lets HTML of a policy's source through; says a local time without its zone.
 *
 * <p><b>Says when it fails:</b> a key that is not there is the program's mistake, and thrown.
 *
 * <p><b>Limits:</b> 2,000 lines a side for a comparison; beyond, everything counts as replaced.
 */
@NullMarked
package org.tidings.announcements.internal.words;

import org.jspecify.annotations.NullMarked;
