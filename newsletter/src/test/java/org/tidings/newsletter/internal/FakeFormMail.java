package org.tidings.newsletter.internal;

import java.util.HashSet;
import java.util.Set;
import org.tidings.accounts.Client;
import org.tidings.accounts.FormMail;
import org.tidings.mail.EmailAddress;

/** Allows everybody but those networks that were said to have had enough. */
final class FakeFormMail implements FormMail {

    final Set<String> exhausted = new HashSet<>();

    @Override
    public String networkOf(Client client) {
        return client.address();
    }

    @Override
    public void admit(String network) {
        // The door is not tested here.
    }

    @Override
    public boolean mayReach(EmailAddress address, String network) {
        return !exhausted.contains(network);
    }

    @Override
    public Requests requests() {
        return new Requests(0, false);
    }
}
