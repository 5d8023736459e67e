package org.tidings.accounts;

import java.time.OffsetDateTime;
import org.tidings.mail.EmailAddress;

/** The holder came back within the window. */
public record AccountReactivated(AccountId account, EmailAddress address, OffsetDateTime at) {}
