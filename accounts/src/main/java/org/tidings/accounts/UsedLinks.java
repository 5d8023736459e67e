package org.tidings.accounts;

import java.util.Optional;

/** What links that were used have done, told until their time would have been over: people tap twice, reload, and come back (MBR-07). */
public interface UsedLinks {

    /** What was done. */
    enum Deed {
        ACCOUNT_OPENED,
        ROLES_JOINED,
        PASSWORD_CHOSEN,
        ADDRESS_CHANGED,
        ADDRESS_RESTORED,
        ACCOUNT_REACTIVATED
    }

    /** Looks a link up that is not valid any more; empty if it is unknown, or if its time is over. */
    Optional<Deed> deedOf(String token);
}
