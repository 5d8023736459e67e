/**
 * What everybody with an account must be told: announcements, maintenance windows, policy versions, the banner, feeds.
 *
 * <p>Purpose: a service mail cannot be switched off, so it has to be honest. Fixed slots, a lint against promotion, a second
 * person who approves exactly what is sent, a limit a month.
 *
 * <p>Owns: schema {@code announcements}.
 *
 * <p>Publishes: no events. Whether something is public is a matter of the hour, so it is asked: {@code
 * org.tidings.announcements.Banner} and {@code org.tidings.announcements.PublicAnnouncements}.
 *
 * <p>Hears: {@link org.tidings.site.DatabaseReady}.
 *
 * <p>May use: {@code site}, {@code mail}, {@code accounts}.
 */
@NullMarked
package org.tidings.announcements;

import org.jspecify.annotations.NullMarked;
