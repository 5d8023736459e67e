package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
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
import org.tidings.site.Now;
import org.tidings.site.Transactional;
import org.tidings.site.Transactions;

/** Another password: with the old one, or with a link by mail. */
@ApplicationScoped
class ChoosingPasswords implements Passwords {

    private static final Duration NOTICE_VALID = Duration.ofDays(3);
    private static final String REVOKED = "password-changed.tokens.revoked";
    private static final String LIVING = "password-changed.tokens.living";

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
    KnownBrowsers browsers;

    @Inject
    KeepingTokens tokens;

    @Inject
    AnsweringRequests answering;

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
    public void change(
            AccountId account, UUID keep, String current, String chosen, boolean revokeTokens, Client client) {
        proving.prove(account, keep, current);
        PlainPassword password = PlainPassword.chosen(chosen);
        Holder holder = transactions.call(() -> Holder.of(people.active(account)));
        common.refuse(password, holder.address(), holder.name());
        PasswordHash hash = argon2.hash(password);
        transactions.run(() -> {
            Account changed = people.active(account);
            changed.choose(hash, now.get());
            sessions.disownOthers(account, keep);
            links.killAll(account.value(), MailLink.Purpose.PASSWORD_RESET);
            if (revokeTokens) {
                tell(changed, REVOKED, tokens.revokeAll(account), client);
            } else {
                tell(changed, LIVING, tokens.living(account), client);
            }
        });
    }

    @Override
    @Transactional
    public void requestReset(EmailAddress address, Locale language, Client client) {
        asking.ask(LinkRequest.Kind.PASSWORD_RESET, address, language, "", client);
    }

    @Override
    @Transactional
    public EmailAddress checkReset(String token) {
        return holderOf(links.find(token, MailLink.Purpose.PASSWORD_RESET)).address();
    }

    @Override
    public String reset(String token, String chosen, Client client) {
        Holder holder =
                transactions.call(() -> Holder.of(holderOf(links.find(token, MailLink.Purpose.PASSWORD_RESET))));
        PlainPassword password = PlainPassword.chosen(chosen);
        common.refuse(password, holder.address(), holder.name());
        PasswordHash hash = argon2.hash(password);
        return transactions.call(() -> {
            Account account = holderOf(links.use(token, MailLink.Purpose.PASSWORD_RESET));
            account.choose(hash, now.get());
            suppressed.mailboxProved(account.address());
            sessions.revokeAll(account.id());
            browsers.forgetAll(account.key());
            tries.forget(account.address(), account.id());
            answering.forgetWaiting(account.address(), LinkRequest.Kind.PASSWORD_RESET);
            tell(account, REVOKED, tokens.revokeAll(account.id()), client);
            used.remember(token, MailLink.Purpose.DID_CHOOSE, account);
            // Whoever still tries passwords does not keep her out of this browser.
            return browsers.remember(account, client).presented();
        });
    }

    /** The link is bound to the address it was sent to: after a change of address it is dead. */
    private Account holderOf(MailLink link) {
        return people.account(link.account())
                .filter(account ->
                        account.address().canonical().equals(link.address().canonical()))
                .orElseThrow(LinkNotValid::new);
    }

    /** @param about her API tokens, if she has any: {@link #REVOKED} or {@link #LIVING} */
    private void tell(Account account, String about, List<String> tokens, Client client) {
        mails.toHolder(
                account.active() ? MailKind.ACCOUNT_NOTICE : MailKind.ACCOUNT_RECEIPT,
                "password-changed",
                tokens.isEmpty() ? List.of() : List.of(about),
                account,
                account.address(),
                Optional.of("/reset"),
                now.get().plus(NOTICE_VALID),
                mails.withBrowser(account, client, Map.of("tokens", String.join(", ", tokens))));
    }
}
