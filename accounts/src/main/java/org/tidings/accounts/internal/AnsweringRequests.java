package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/**
 * Works off what forms asked for, away from the request: looks the address up, keeps the limits of SEC-23, leaves the mail.
 *
 * <p>What one network may ask for is decided at the form. Counted here, and only when a mail leaves, is what a mailbox gets ({@link
 * MailboxAllowance}), and what the site sends: 20,000 links an hour. What comes beyond that waits, the first of every network before the
 * second of any, and is said in the log and in the metrics; browsers that are known to the account wait for nobody. Holders are told
 * once in 24 hours that somebody tried to register their address (SEC-03).
 */
@ApplicationScoped
class AnsweringRequests {

    static final String SITE = "mail site";
    static final int PER_SITE = 20_000;
    private static final Logger LOG = Logger.getLogger(AnsweringRequests.class.getName());
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
    MailboxAllowance mailboxes;

    @Inject
    KeyedHashes hashes;

    @Inject
    Now now;

    /** Those whose time has come, every network's first before any network's second, at most a hundred. */
    @Transactional
    List<UUID> waiting() {
        return em.createQuery(
                        "select r.id from LinkRequest r where r.notBefore <= :now order by r.place, r.requestedAt",
                        UUID.class)
                .setParameter("now", now.get())
                .setMaxResults(BATCH)
                .getResultList();
    }

    /** Answers one; does nothing if another node was faster, or a day has gone by, or a backup of then was restored. */
    @Transactional
    void answer(UUID id) {
        LinkRequest request = em.find(LinkRequest.class, id);
        if (request == null || !claimed(id)) {
            return;
        }
        Optional<OffsetDateTime> later = isOver(request) ? Optional.empty() : answer(request);
        later.ifPresentOrElse(at -> postpone(id, at), () -> delete(id));
    }

    /** @return when to try again, if it has to wait */
    private Optional<OffsetDateTime> answer(LinkRequest request) {
        Optional<Account> holder = people.account(request.address());
        return switch (request.kind()) {
            case REGISTRATION ->
                holder.isEmpty()
                        ? answer(request, MailboxAllowance.Kind.REGISTRATION, () -> sendConfirmation(request))
                        : answerHolder(request, holder.get());
            case PASSWORD_RESET ->
                holder.flatMap(account -> answer(request, MailboxAllowance.Kind.RESET, () -> {
                    sendReset(account);
                    // One mail answers all who wait for one.
                    forgetWaiting(account.address(), LinkRequest.Kind.PASSWORD_RESET);
                }));
            case REACTIVATION ->
                holder.filter(account -> !account.active()).flatMap(account -> answerHolder(request, account));
        };
    }

    private Optional<OffsetDateTime> answerHolder(LinkRequest request, Account holder) {
        if (holder.active()) {
            tellHolder(holder);
            return Optional.empty();
        }
        return answer(request, MailboxAllowance.Kind.REACTIVATION, () -> sendReactivation(holder));
    }

    /** The site first: what a mailbox has is taken for a mail that leaves, and for no other. */
    private Optional<OffsetDateTime> answer(LinkRequest request, MailboxAllowance.Kind kind, Runnable send) {
        if (!request.known() && limits.used(SITE) >= PER_SITE) {
            return Optional.of(hold());
        }
        MailboxAllowance.Chance chance = request.known()
                ? mailboxes.take(kind, request.address())
                : mailboxes.take(kind, request.address(), request.network());
        if (chance instanceof MailboxAllowance.Chance.Later later) {
            return Optional.of(later.at());
        }
        if (chance instanceof MailboxAllowance.Chance.Taken) {
            limits.take(SITE, Integer.MAX_VALUE, HOUR);
            send.run();
        }
        return Optional.empty();
    }

    /** Until the hour is over; said once. */
    private OffsetDateTime hold() {
        if (limits.take("mail site held", 1, HOUR)) {
            LOG.log(
                    Level.WARNING,
                    "{0} links to register, to reactivate or to choose a password were mailed within the hour: further ones wait,"
                            + " except for browsers that are known. The metric accounts_requests_waiting says how many.",
                    PER_SITE);
        }
        return limits.lock(SITE).map(Limits.Count::until).orElse(now.get().plus(HOUR));
    }

    private boolean isOver(LinkRequest request) {
        return request.requestedAt().isBefore(now.get().minus(DAY));
    }

    /** For this transaction: whoever comes later finds that it has to wait. */
    private boolean claimed(UUID id) {
        return em.createQuery("update LinkRequest r set r.notBefore = :later where r.id = :id and r.notBefore <= :now")
                        .setParameter("later", now.get().plus(DAY))
                        .setParameter("id", id)
                        .setParameter("now", now.get())
                        .executeUpdate()
                == 1;
    }

    private void postpone(UUID id, OffsetDateTime until) {
        em.createQuery("update LinkRequest r set r.notBefore = :until where r.id = :id")
                .setParameter("until", until)
                .setParameter("id", id)
                .executeUpdate();
    }

    private void delete(UUID id) {
        em.createQuery("delete from LinkRequest r where r.id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    /** Those that came when the mailbox had had enough. */
    void forgetWaiting(EmailAddress address, LinkRequest.Kind kind) {
        em.createQuery("delete from LinkRequest r where r.canonical = :canonical and r.kind = :kind"
                        + " and r.notBefore > r.requestedAt")
                .setParameter("canonical", address.canonical())
                .setParameter("kind", kind)
                .executeUpdate();
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
