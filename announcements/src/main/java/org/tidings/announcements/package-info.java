/**
 * What everybody with an account must be told: announcements, maintenance windows, policy versions, the banner, feeds.
 *
 * <p>Purpose: a service mail cannot be switched off, so it has to be honest. Fixed slots, a lint against promotion, a second
 * person who approves exactly what is sent, a limit a month.
 *
 * <p>Owns: schema {@code announcements}. Publishes: no events; {@link org.tidings.announcements.Banner} and {@link
 * org.tidings.announcements.PublicAnnouncements} answer questions. May use: {@code accounts}, {@code mail}.
 */
@NullMarked
package org.tidings.announcements;

import org.jspecify.annotations.NullMarked;
