package org.tidings.mail;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody called a mail of ours unwanted (RFC 5965 abuse, fraud, opt-out). Fired in the transaction that suppresses the address;
 * newsletters to it have to end with a record.
 *
 * @param addressHash {@link AddressHash} of whom the mail was for
 * @param address the same in clear, where the report names it
 */
public record AddressComplained(UUID addressHash, Optional<EmailAddress> address, OffsetDateTime at) {

    @Override
    public String toString() {
        return "AddressComplained[…]";
    }
}
