package org.tidings.newsletter.internal.importing;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.tidings.mail.EmailAddress;

/** What an import must know of the place that it brings people to. */
public interface PeopleHere {

    OffsetDateTime now();

    /** Of the site's policy, empty if there is none. */
    String policyVersion();

    Hashes hashes();

    /** Hashes of very many addresses, by one thread. */
    interface Hashes {

        /** Under which the erased are remembered. */
        String ofErased(EmailAddress address);

        /** Under which the mail module knows an address. */
        UUID ofAddress(EmailAddress address);
    }
}
