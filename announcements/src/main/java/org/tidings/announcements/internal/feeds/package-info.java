/**
 * What programs and every page are told of what is public: Atom, JSON Feed, iCalendar, banner.
 *
 * <p><b>Comes in:</b> public announcements, the clock.
 *
 * <p><b>Goes out:</b> text in UTF-8; at most three lines of a banner.
 *
 * <p><b>Never:</b> asks for anything that is not public; keeps an answer longer than two seconds (the banner).
 *
 * <p><b>Says when it fails:</b> the database's failure goes to the caller.
 *
 * <p><b>Limits:</b> 30 entries a feed, 200 threads for the banner.
 */
@NullMarked
package org.tidings.announcements.internal.feeds;

import org.jspecify.annotations.NullMarked;
