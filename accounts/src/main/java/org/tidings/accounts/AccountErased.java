package org.tidings.accounts;

import java.time.OffsetDateTime;
import org.tidings.mail.EmailAddress;

/**
 * Every personal value of the account is being erased in this transaction; observers erase theirs. The address is given
 * for that and must not be kept.
 */
public record AccountErased(AccountId account, EmailAddress address, OffsetDateTime at) {}
