package org.tidings.newsletter;

import java.util.UUID;

/** Names an issue; a UUIDv7. */
public record IssueId(UUID value) {}
