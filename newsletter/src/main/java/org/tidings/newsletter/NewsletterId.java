package org.tidings.newsletter;

import java.util.UUID;

/** Names a newsletter; a UUIDv7. */
public record NewsletterId(UUID value) {}
