package org.tidings.accounts;

import java.time.OffsetDateTime;
import org.tidings.mail.EmailAddress;

/** The holder closed the account. */
public record AccountDeactivated(AccountId account, EmailAddress address, OffsetDateTime at) {}
