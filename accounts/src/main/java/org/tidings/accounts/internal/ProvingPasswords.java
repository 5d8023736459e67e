package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.Client;
import org.tidings.accounts.HashingBusy;
import org.tidings.accounts.PasswordWrong;
import org.tidings.accounts.SignInRefused;
import org.tidings.mail.EmailAddress;
import org.tidings.site.Transactions;

/**
 * Compares a password with an address's account, counting the try first and giving it back after success. The comparison
 * itself holds no transaction.
 */
@ApplicationScoped
class ProvingPasswords {

    @Inject
    People people;

    @Inject
    SignInTries tries;

    @Inject
    Argon2 argon2;

    @Inject
    Transactions transactions;

    private record Candidate(AccountId account, PasswordHash password, boolean active) {}

    /** What an account needs to be in. */
    enum Wanted {
        ACTIVE,
        ANY
    }

    /**
     * The account, if the password is right.
     *
     * @throws SignInRefused for every other case alike, after the same work
     */
    AccountId prove(EmailAddress address, String typed, Wanted wanted, Client client) {
        PlainPassword password = PlainPassword.presented(typed);
        Optional<Candidate> candidate = transactions.call(() -> {
            tries.begin(address, client);
            return people.account(address).map(a -> new Candidate(a.id(), a.password(), a.active()));
        });
        boolean right = compare(address, client, password, candidate);
        if (!right
                || candidate.isEmpty()
                || (wanted == Wanted.ACTIVE && !candidate.get().active())) {
            throw new SignInRefused();
        }
        transactions.run(() -> tries.succeeded(address, client));
        rehashIfOutdated(candidate.get(), password);
        return candidate.get().account();
    }

    /** The same for an account that is known, to confirm a step. */
    void prove(AccountId account, String typed, Client client) {
        EmailAddress address = transactions.call(() -> people.existing(account).address());
        try {
            prove(address, typed, Wanted.ANY, client);
        } catch (SignInRefused e) {
            throw new PasswordWrong();
        }
    }

    private boolean compare(
            EmailAddress address, Client client, PlainPassword password, Optional<Candidate> candidate) {
        try {
            if (candidate.isPresent()) {
                return argon2.matches(password, candidate.get().password());
            }
            argon2.matchesNothing(password);
            return false;
        } catch (HashingBusy e) {
            transactions.run(() -> tries.notLookedAt(address, client));
            throw e;
        }
    }

    /** Parameters grow over the years; the moment of sign-in is the only one at which the password is at hand (S18). */
    private void rehashIfOutdated(Candidate candidate, PlainPassword password) {
        if (argon2.outdated(candidate.password())) {
            PasswordHash fresh = argon2.hash(password);
            transactions.run(() -> people.account(candidate.account())
                    .filter(account -> account.password().equals(candidate.password()))
                    .ifPresent(account -> account.rehash(fresh)));
        }
    }
}
