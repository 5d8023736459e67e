package org.tidings.announcements;

import java.util.UUID;

/** Names an announcement; a UUIDv7. */
public record AnnouncementId(UUID value) {}
