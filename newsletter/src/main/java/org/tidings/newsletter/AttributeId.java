package org.tidings.newsletter;

import java.util.UUID;

/** Names an attribute; a UUIDv7. */
public record AttributeId(UUID value) {}
