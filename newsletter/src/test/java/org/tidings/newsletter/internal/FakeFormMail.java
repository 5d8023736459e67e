package org.tidings.newsletter.internal;

import java.util.HashSet;
import java.util.Set;
import org.tidings.accounts.Client;
import org.tidings.accounts.FormMail;

/** Allows everybody but those who were said to have had enough. */
final class FakeFormMail implements FormMail {

    final Set<String> exhausted = new HashSet<>();

    @Override
    public String networkOf(Client client) {
        return client.address();
    }

    @Override
    public boolean allows(String network) {
        return !exhausted.contains(network);
    }
}
