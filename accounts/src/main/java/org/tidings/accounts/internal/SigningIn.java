package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.Client;
import org.tidings.accounts.PasswordWrong;
import org.tidings.accounts.SignIn;
import org.tidings.accounts.SignInRefused;
import org.tidings.mail.EmailAddress;
import org.tidings.site.Transactions;

/** Opens sessions, and freshens them. */
@ApplicationScoped
class SigningIn implements SignIn {

    @Inject
    ProvingPasswords proving;

    @Inject
    People people;

    @Inject
    OpenSessions sessions;

    @Inject
    Transactions transactions;

    @Override
    public SignedIn signIn(EmailAddress address, String password, Client client) {
        AccountId account = proving.prove(address, password, client);
        return transactions.call(() -> people.account(account)
                .filter(Account::active)
                .map(holder -> sessions.start(holder, client))
                .orElseThrow(SignInRefused::new));
    }

    @Override
    public SignedIn stepUp(AccountId account, UUID session, String password) {
        proving.prove(account, session, password);
        return transactions.call(
                () -> sessions.rotate(people.active(account), session).orElseThrow(PasswordWrong::new));
    }
}
