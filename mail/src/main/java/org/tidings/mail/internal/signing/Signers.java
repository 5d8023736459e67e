package org.tidings.mail.internal.signing;

import java.util.Optional;
import org.tidings.mail.internal.signing.dkim.DkimSigner;

/** Who signs for a sender domain. Asked for every mail: a look-up in memory, refreshed in the background. */
@FunctionalInterface
public interface Signers {

    /**
     * The one that signs now.
     *
     * @param senderDomain of the From address, lower case
     * @return empty when mails of the domain leave unsigned
     */
    Optional<DkimSigner> forDomain(String senderDomain);
}
