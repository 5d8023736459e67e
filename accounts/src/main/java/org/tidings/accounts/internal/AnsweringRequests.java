package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.site.Transactional;

/**
 * Works off what forms asked for, away from the request: looks the address up, keeps the limits of S23, leaves the mail.
 *
 * <p>Limits: by address three links of a kind an hour, by network 30 an hour, by site 20,000 an hour; holders are told once in
 * 24 hours that somebody tried to register their address (S03).
 */
@ApplicationScoped
class AnsweringRequests {

    private static final int PER_ADDRESS = 3;
    private static final int PER_NETWORK = 30;
    private static final int PER_SITE = 20_000;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int BATCH = 100;

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    People people;

    @Inject
    Links links;

    @Inject
    Mails mails;

    @Inject
    Limits limits;

    @Inject
    KeyedHashes hashes;

    @Inject
    Now now;

    /** The oldest that wait, at most a hundred. */
    @Transactional
    List<UUID> waiting() {
        return em.createQuery("select r.id from LinkRequest r order by r.requestedAt", UUID.class)
                .setMaxResults(BATCH)
                .getResultList();
    }

    /** Answers one; does nothing if another node was faster, or a day has gone by, or a backup of then was restored. */
    @Transactional
    void answer(UUID id) {
        LinkRequest request = em.find(LinkRequest.class, id);
        if (request == null || deleted(id) == 0 || isOver(request) || !withinLimits(request)) {
            return;
        }
        Optional<Account> holder = people.account(request.address());
        switch (request.kind()) {
            case REGISTRATION -> answerRegistration(request, holder);
            case PASSWORD_RESET -> holder.ifPresent(this::sendReset);
            case REACTIVATION -> holder.filter(account -> !account.active()).ifPresent(this::sendReactivation);
        }
    }

    private boolean isOver(LinkRequest request) {
        return request.requestedAt().isBefore(now.get().minus(DAY));
    }

    private int deleted(UUID id) {
        return em.createQuery("delete from LinkRequest r where r.id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    /** The address comes last: nobody who has used up what his network may do uses up somebody else's mails. */
    private boolean withinLimits(LinkRequest request) {
        String kind = request.kind().name();
        return limits.take("mail network " + request.network(), PER_NETWORK, HOUR)
                && limits.take("mail site", PER_SITE, HOUR)
                && limits.take("mail " + kind + " " + hashes.ofLimited(request.address()), PER_ADDRESS, HOUR);
    }

    private void answerRegistration(LinkRequest request, Optional<Account> holder) {
        if (holder.isEmpty()) {
            sendConfirmation(request);
        } else if (holder.get().active()) {
            tellHolder(holder.get());
        } else {
            sendReactivation(holder.get());
        }
    }

    private void sendConfirmation(LinkRequest request) {
        Token token = Token.random();
        Registration registration = Registration.request(
                Ids.next(), token.hash(), request.address(), request.language(), request.interests(), now.get());
        em.persist(registration);
        mails.toRegistration("registration-confirmation", registration, token, Map.of());
    }

    /** Somebody typed a holder's address into the form of registration or of a new address. */
    void tellHolder(Account account) {
        EmailAddress address = account.address();
        if (limits.take("told " + hashes.ofLimited(address), 1, DAY)) {
            mails.toHolder(
                    MailKind.ACCOUNT_NOTICE,
                    "account-exists",
                    account,
                    address,
                    Optional.of("/sign-in"),
                    now.get().plus(DAY),
                    Map.of());
        }
    }

    void sendReset(Account account) {
        Token token = Token.random();
        MailLink link = links.add(token, MailLink.Purpose.PASSWORD_RESET, account, account.address());
        mails.toHolder(
                MailKind.MAILBOX_PROOF,
                account.active() ? "password-reset" : "password-reset-deactivated",
                account,
                account.address(),
                Optional.of("/reset/" + token.value()),
                link.expiresAt(),
                Map.of());
    }

    private void sendReactivation(Account account) {
        Token token = Token.random();
        MailLink link = links.add(token, MailLink.Purpose.REACTIVATION, account, account.address());
        mails.toHolder(
                MailKind.MAILBOX_PROOF,
                "reactivation",
                account,
                account.address(),
                Optional.of("/reactivate/" + token.value()),
                link.expiresAt(),
                Map.of());
    }
}
