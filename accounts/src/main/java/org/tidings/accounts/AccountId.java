package org.tidings.accounts;

import java.util.UUID;

/** Names an account; a UUIDv7. */
public record AccountId(UUID value) {}
