package org.tidings.web.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.tidings.mail.Delivery;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.EmailAddressRejected;
import org.tidings.mail.SuppressedAddresses;

/** Whether a person's address of today is the one that a mail was written to. */
@ApplicationScoped
public class WrittenTo {

    @Inject
    SuppressedAddresses addresses;

    /** True also where nothing was written, or where it was before this was kept. */
    public boolean still(Delivery delivery, String addressNow) {
        try {
            EmailAddress now = EmailAddress.parse(addressNow);
            return delivery.writtenTo().map(addresses.hashOf(now)::equals).orElse(true);
        } catch (EmailAddressRejected e) {
            return true;
        }
    }
}
