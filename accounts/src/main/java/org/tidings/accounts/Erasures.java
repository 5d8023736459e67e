package org.tidings.accounts;

import org.tidings.mail.EmailAddress;

/** The ledger of erasures, by which who was erased stays erased when an old backup is restored (SEC-63). */
public interface Erasures {

    /** Notes that everything personal of somebody without an account is being erased, in the caller's transaction. */
    void visitorErased(EmailAddress address);
}
