package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.Client;
import org.tidings.accounts.LinkNotValid;
import org.tidings.accounts.Passwords;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.site.Transactional;
import org.tidings.site.Transactions;

/** Another password: with the old one, or with a link by mail. */
@ApplicationScoped
class ChoosingPasswords implements Passwords {

    private static final Duration NOTICE_VALID = Duration.ofDays(3);

    @Inject
    AskingForLinks asking;

    @Inject
    ProvingPasswords proving;

    @Inject
    CommonPasswords common;

    @Inject
    Argon2 argon2;

    @Inject
    People people;

    @Inject
    Links links;

    @Inject
    OpenSessions sessions;

    @Inject
    SignInTries tries;

    @Inject
    Mails mails;

    @Inject
    Transactions transactions;

    @Inject
    SuppressedAddresses suppressed;

    @Inject
    KeepingUsedLinks used;

    @Inject
    Now now;

    private record Holder(EmailAddress address, DisplayName name) {
        static Holder of(Account account) {
            return new Holder(account.address(), new DisplayName(account.name()));
        }
    }

    @Override
    public void change(AccountId account, UUID keep, String current, String chosen, Client client) {
        proving.prove(account, current, client);
        PlainPassword password = PlainPassword.chosen(chosen);
        Holder holder = transactions.call(() -> Holder.of(people.active(account)));
        common.refuse(password, holder.address(), holder.name());
        PasswordHash hash = argon2.hash(password);
        transactions.run(() -> {
            Account changed = people.active(account);
            changed.choose(hash, now.get());
            sessions.revokeOthers(account, keep);
            links.killAll(account.value(), MailLink.Purpose.PASSWORD_RESET);
            tell(changed);
        });
    }

    @Override
    @Transactional
    public void requestReset(EmailAddress address, Locale language, Client client) {
        asking.ask(LinkRequest.Kind.PASSWORD_RESET, address, language, "", client);
    }

    @Override
    @Transactional
    public void checkReset(String token) {
        holderOf(links.find(token, MailLink.Purpose.PASSWORD_RESET));
    }

    @Override
    public void reset(String token, String chosen) {
        Holder holder =
                transactions.call(() -> Holder.of(holderOf(links.find(token, MailLink.Purpose.PASSWORD_RESET))));
        PlainPassword password = PlainPassword.chosen(chosen);
        common.refuse(password, holder.address(), holder.name());
        PasswordHash hash = argon2.hash(password);
        transactions.run(() -> {
            Account account = holderOf(links.use(token, MailLink.Purpose.PASSWORD_RESET));
            account.choose(hash, now.get());
            suppressed.mailboxProved(account.address());
            sessions.revokeAll(account.id());
            tries.forget(account.address());
            used.remember(token, MailLink.Purpose.DID_CHOOSE, account);
            tell(account);
        });
    }

    /** The link is bound to the address it was sent to: after a change of address it is dead. */
    private Account holderOf(MailLink link) {
        return people.account(link.account())
                .filter(account ->
                        account.address().canonical().equals(link.address().canonical()))
                .orElseThrow(LinkNotValid::new);
    }

    private void tell(Account account) {
        mails.toHolder(
                account.active() ? MailKind.ACCOUNT_NOTICE : MailKind.ACCOUNT_RECEIPT,
                "password-changed",
                account,
                account.address(),
                Optional.of("/reset"),
                now.get().plus(NOTICE_VALID),
                Map.of());
    }
}
