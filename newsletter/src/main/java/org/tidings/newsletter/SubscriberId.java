package org.tidings.newsletter;

import java.util.UUID;

/** Names an address that has, or had, something to do with newsletters; a UUIDv7. */
public record SubscriberId(UUID value) {}
