package org.tidings.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.tidings.mail.EmailAddress;

/** Addresses that cannot be written to: who types one is told at the form that has a mail sent, and does not wait for it. */
class MailboxTest {

    @SuppressWarnings("UnnecessaryAssignment") // there is no container here
    private static Mailbox asciiOnly() {
        Mailbox mailbox = new Mailbox();
        mailbox.reachability = address -> address.unusual().isEmpty();
        return mailbox;
    }

    @Test
    void refusesAnAddressThatNoServerCarries() {
        Form form = Form.empty().fill("address", "zoë@exämple.org");

        assertThat(asciiOnly().addressIn(form)).isEmpty();
        assertThat(asciiOnly().addressAskingIn(form)).isEmpty();
        assertThat(form.error("address"))
                .hasValueSatisfying(
                        reason -> assertThat(TestPages.anonymous(Locale.ENGLISH).t(reason))
                                .contains("cannot carry the “ë” before the @"));
    }

    @Test
    void takesADomainInAnyLetters() {
        assertThat(asciiOnly().addressIn(Form.empty().fill("address", "zoe@exämple.org")))
                .contains(EmailAddress.parse("zoe@exämple.org"));
    }
}
