/**
 * Announcements on their way, a use case a class; below it the rooms that it uses, each of which uses only those before it: {@code words},
 * {@code guard}, {@code settings}, {@code policies}, {@code composing}, {@code feeds}.
 *
 * <p>The entity is {@code Announcement}: what it says, and a {@code Step} for all that was done to it. What all steps share is in {@code
 * TakingSteps}; what is said of a thread as one of its parts sees it, in {@code AnnouncementThread}.
 */
@NullMarked
package org.tidings.announcements.internal;

import org.jspecify.annotations.NullMarked;
