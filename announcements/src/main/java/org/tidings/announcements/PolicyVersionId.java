package org.tidings.announcements;

import java.util.UUID;

/** Names a policy version; a UUIDv7. */
public record PolicyVersionId(UUID value) {}
