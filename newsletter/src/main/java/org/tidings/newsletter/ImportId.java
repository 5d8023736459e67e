package org.tidings.newsletter;

import java.util.UUID;

/** An import's id. */
public record ImportId(UUID value) {}
