package org.tidings.accounts;

import java.util.Optional;
import org.tidings.mail.EmailAddress;

/** Looks accounts up. */
public interface Accounts {

    Optional<AccountView> find(AccountId account);

    /** By canonical address. */
    Optional<AccountView> findByAddress(EmailAddress address);

    /** Accounts in state {@code ACTIVE}. */
    long countActive();
}
