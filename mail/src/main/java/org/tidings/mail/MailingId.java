package org.tidings.mail;

import java.util.UUID;

/** Names a mailing. */
public record MailingId(UUID value) {}
