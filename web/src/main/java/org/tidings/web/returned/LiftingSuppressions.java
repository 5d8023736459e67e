package org.tidings.web.returned;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AuditLog;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.mail.SuppressedAddresses.Reason;
import org.tidings.site.Transactional;
import org.tidings.web.mail.MailAction;

/** Staff allow writing to an address again: the reason goes into the audit log in the same transaction. */
@ApplicationScoped
@Transactional
class LiftingSuppressions {

    @Inject
    SuppressedAddresses suppressed;

    @Inject
    AuditLog audit;

    /** @return whether there was something to lift */
    boolean lift(AccountId by, UUID addressHash, Reason reason, String why) {
        boolean stood = suppressed.lift(addressHash, reason);
        if (stood) {
            audit.record(by, MailAction.LIFT_SUPPRESSION, "address", addressHash, reason + ": " + why);
        }
        return stood;
    }

    void looked(AccountId by, UUID addressHash) {
        audit.record(by, MailAction.OPEN_SUPPRESSED_ADDRESS, "address", addressHash, "");
    }

    void readMail(AccountId by, UUID returnedMail) {
        audit.record(by, MailAction.READ_RETURNED_MAIL, "returned-mail", returnedMail, "");
    }
}
