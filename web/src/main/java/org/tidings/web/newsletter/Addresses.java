package org.tidings.web.newsletter;

import java.util.Locale;
import java.util.Optional;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.EmailAddressRejected;
import org.tidings.web.pages.Form;

/** Reads the address of a form, with the reason beside the field if it is none. */
final class Addresses {

    static final String FIELD = "address";

    private Addresses() {}

    static Optional<EmailAddress> read(Form form) {
        try {
            return Optional.of(EmailAddress.parse(form.value(FIELD)));
        } catch (EmailAddressRejected e) {
            form.reject(
                    FIELD,
                    "newsletters.address."
                            + e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            return Optional.empty();
        }
    }
}
