package org.tidings.mail;

import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Which audience is meant.
 *
 * @param kind what is sent: a data breach reaches deactivated accounts too
 * @param subject the or announcement's id
 * @param frozenAt who joined later is not in it; who left later is, with the state that holds now
 */
public record AudienceQuery(MailKind kind, UUID subject, OffsetDateTime frozenAt) {}
