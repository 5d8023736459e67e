package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.Client;
import org.tidings.accounts.HashingBusy;
import org.tidings.accounts.PasswordWrong;
import org.tidings.accounts.SignInRefused;
import org.tidings.mail.EmailAddress;
import org.tidings.site.Transactions;

/**
 * Compares a password with an account's, counting the try first and giving it back after success. The comparison itself holds no
 * transaction.
 */
@ApplicationScoped
class ProvingPasswords {

    @Inject
    People people;

    @Inject
    SignInTries tries;

    @Inject
    KnownBrowsers browsers;

    @Inject
    Argon2 argon2;

    @Inject
    Transactions transactions;

    private record Candidate(AccountId account, PasswordHash password, boolean active) {
        static Candidate of(Account account) {
            return new Candidate(account.id(), account.password(), account.active());
        }
    }

    private record Begun(SignInTries.Tried tried, Optional<Candidate> candidate) {}

    /**
     * The active account of an address, if the password is right.
     *
     * @throws SignInRefused for every other case alike, after the same work
     */
    AccountId prove(EmailAddress address, String typed, Client client) {
        return proveOrNot(typed, Candidate::active, () -> {
                    Optional<Account> account = people.account(address);
                    Optional<KnownBrowser> known = browsers.of(client).stream()
                            .filter(browser -> account.filter(a -> a.key().equals(browser.account()))
                                    .isPresent())
                            .findFirst();
                    return new Begun(tries.begin(address, client, known), account.map(Candidate::of));
                })
                .orElseThrow(SignInRefused::new);
    }

    /**
     * The same of somebody who is signed in, to confirm a step.
     *
     * @throws PasswordWrong unless it is right
     */
    void prove(AccountId account, UUID session, String typed) {
        prove(account, typed, () -> tries.begin(session));
    }

    /**
     * The same of somebody who has the account's mailbox.
     *
     * @throws PasswordWrong unless it is right
     */
    void proveWithMailbox(AccountId account, String typed) {
        prove(account, typed, () -> tries.begin(account));
    }

    private void prove(AccountId account, String typed, Supplier<SignInTries.Tried> begin) {
        if (!isRight(account, typed, begin)) {
            throw new PasswordWrong();
        }
    }

    private boolean isRight(AccountId account, String typed, Supplier<SignInTries.Tried> begin) {
        try {
            return proveOrNot(
                            typed,
                            candidate -> true,
                            () -> new Begun(begin.get(), people.account(account).map(Candidate::of)))
                    .isPresent();
        } catch (SignInRefused tooLong) {
            return false;
        }
    }

    private Optional<AccountId> proveOrNot(String typed, Predicate<Candidate> wanted, Supplier<Begun> begin) {
        PlainPassword password = PlainPassword.presented(typed);
        Begun begun = transactions.call(begin::get);
        boolean right = compare(password, begun);
        Optional<Candidate> proved =
                begun.candidate().filter(candidate -> right).filter(wanted);
        proved.ifPresent(candidate -> {
            transactions.run(() -> tries.succeeded(begun.tried()));
            rehashIfOutdated(candidate, password);
        });
        return proved.map(Candidate::account);
    }

    private boolean compare(PlainPassword password, Begun begun) {
        try {
            if (begun.candidate().isPresent()) {
                return argon2.matches(password, begun.candidate().get().password());
            }
            argon2.matchesNothing(password);
            return false;
        } catch (HashingBusy e) {
            transactions.run(() -> tries.notLookedAt(begun.tried()));
            throw e;
        }
    }

    /** Parameters grow over the years; the moment of sign-in is the only one at which the password is at hand (SEC-18). */
    private void rehashIfOutdated(Candidate candidate, PlainPassword password) {
        if (argon2.outdated(candidate.password())) {
            PasswordHash fresh = argon2.hash(password);
            transactions.run(() -> people.account(candidate.account())
                    .filter(account -> account.password().equals(candidate.password()))
                    .ifPresent(account -> account.rehash(fresh)));
        }
    }
}
