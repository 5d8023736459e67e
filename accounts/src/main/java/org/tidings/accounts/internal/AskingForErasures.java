package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tidings.accounts.AccountAction;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AuditLog;
import org.tidings.accounts.ErasureRequests;
import org.tidings.accounts.LinkNotValid;
import org.tidings.accounts.StaffMustLeaveFirst;
import org.tidings.mail.MailKind;
import org.tidings.mail.RestoredDatabase;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.Transactional;

/**
 * Erasures that are asked for and take effect later (ADR 26), so that neither a stolen token nor one angry officer ends a membership:
 * everybody concerned knows, and can stop it.
 */
@ApplicationScoped
@Transactional
class AskingForErasures implements ErasureRequests {

    private static final String COUNTER = "erasures asked for";
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration NOTICE_VALID = Duration.ofDays(3);
    private static final int MOST = 500;
    private static final int BATCH = 100;

    @Inject
    @AccountsDb
    EntityManager em;

    @Inject
    People people;

    @Inject
    ErasingAccounts erasing;

    @Inject
    Limits limits;

    @Inject
    Mails mails;

    @Inject
    AuditLog audit;

    @Inject
    RestoredDatabase database;

    @Inject
    Now now;

    @Inject
    @ConfigProperty(name = AccountsPersistence.ERASURE_DELAY, defaultValue = "PT24H")
    String erasureDelay;

    @Inject
    @ConfigProperty(name = AccountsPersistence.ERASURES_PER_DAY, defaultValue = "20")
    String erasuresPerDay;

    @Override
    public ErasureRequest ask(AccountId officer, AccountId id, String reason) {
        String why = Reasons.require(reason);
        Account account = people.existing(id);
        if (people.member(id.value()).isPresent()) {
            throw new StaffMustLeaveFirst();
        }
        // Locks until the end of the transaction: nobody asks for the same account at the same time.
        limits.lock(COUNTER);
        Optional<AskedErasure> open = openFor(id);
        if (open.isPresent()) {
            return view(open.get());
        }
        boolean many = !limits.take(COUNTER, Integer.parseInt(erasuresPerDay.strip()), DAY);
        Token stop = Token.random();
        AskedErasure asked = new AskedErasure(
                Ids.next(), id, officer, why, now.get(), Duration.parse(erasureDelay.strip()), stop, many);
        em.persist(asked);
        audit.record(officer, AccountAction.ASK_FOR_ERASURE, "account", id.value(), why);
        mails.toHolder(
                MailKind.ACCOUNT_RECEIPT,
                "erasure-asked",
                account,
                account.address(),
                Optional.of("/erasure/" + stop.value()),
                asked.dueAt(),
                Map.of("when", mails.moment(account, asked.dueAt())));
        return view(asked);
    }

    private Optional<AskedErasure> openFor(AccountId account) {
        return em.createQuery("select e from AskedErasure e where e.openFor = :account", AskedErasure.class)
                .setParameter("account", account.value())
                .getResultStream()
                .findFirst();
    }

    @Override
    public List<ErasureRequest> open() {
        return em.createQuery(
                        "select e from AskedErasure e where e.openFor is not null order by e.dueAt, e.id",
                        AskedErasure.class)
                .setMaxResults(MOST)
                .getResultStream()
                .map(this::view)
                .toList();
    }

    @Override
    public Optional<ErasureRequest> newestOf(AccountId account) {
        return em.createQuery(
                        "select e from AskedErasure e where e.account = :account order by e.askedAt desc, e.id desc",
                        AskedErasure.class)
                .setParameter("account", account.value())
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(this::view);
    }

    private ErasureRequest view(AskedErasure asked) {
        return asked.view(people.member(asked.account().value()).isPresent());
    }

    private Optional<AskedErasure> stillOpen(UUID request) {
        return Optional.ofNullable(em.find(AskedErasure.class, request)).filter(AskedErasure::open);
    }

    @Override
    public void confirm(AccountId officer, UUID request) {
        stillOpen(request).filter(AskedErasure::unconfirmed).ifPresent(asked -> {
            asked.confirm(officer, now.get());
            audit.record(
                    officer,
                    AccountAction.CONFIRM_ERASURE,
                    "account",
                    asked.account().value(),
                    "");
        });
    }

    @Override
    public void stop(AccountId by, UUID request) {
        stillOpen(request).ifPresent(asked -> {
            asked.stop(now.get());
            audit.record(
                    by, AccountAction.STOP_ERASURE, "account", asked.account().value(), "");
            people.account(asked.account())
                    .ifPresent(account -> mails.toHolder(
                            MailKind.ACCOUNT_RECEIPT,
                            "erasure-stopped",
                            account,
                            account.address(),
                            Optional.empty(),
                            now.get().plus(NOTICE_VALID),
                            Map.of()));
        });
    }

    @Override
    public ErasureRequest find(String token) {
        return view(linked(token));
    }

    @Override
    public void stop(String token) {
        AskedErasure asked = linked(token);
        asked.stop(now.get());
        audit.record(
                asked.account(),
                AccountAction.STOP_ERASURE,
                "account",
                asked.account().value(),
                "by the person");
    }

    private AskedErasure linked(String token) {
        return em.createQuery(
                        "select e from AskedErasure e where e.stopHash = :hash and e.openFor is not null",
                        AskedErasure.class)
                .setParameter("hash", Token.hash(token))
                .getResultStream()
                .findFirst()
                .orElseThrow(LinkNotValid::new);
    }

    /**
     * In a database that was put back stand erasures that somebody may have stopped since: each of them needs a person who looks at it.
     */
    void doubtWhatABackupBroughtBack() {
        database.noticed()
                .ifPresent(noticed -> em.createNativeQuery("update accounts.erasure_request set needs_second = true,"
                                + " confirmed_at = null, version = version + 1 where open_for is not null"
                                + " and asked_at <= ?1 and (not needs_second or confirmed_at <= ?1)")
                        .setParameter(1, noticed.at())
                        .executeUpdate());
    }

    /** Those that take effect now, at most a hundred. */
    List<UUID> due() {
        List<?> due = em.createNativeQuery("select e.id from accounts.erasure_request e where e.open_for is not null"
                        + " and e.due_at <= ?1 and (not e.needs_second or e.confirmed_at is not null) and not exists"
                        + " (select 1 from accounts.staff_member m where m.account = e.account) order by e.due_at")
                .setParameter(1, now.get())
                .setMaxResults(BATCH)
                .getResultList();
        return due.stream().map(UUID.class::cast).toList();
    }

    /** Does nothing if it was stopped, or another node was faster, or the person works here by now. */
    void eraseIfDue(UUID request) {
        Optional.ofNullable(em.find(AskedErasure.class, request, LockModeType.PESSIMISTIC_WRITE))
                .filter(asked -> asked.due(now.get()))
                .filter(asked -> people.member(asked.account().value()).isEmpty())
                .ifPresent(asked -> {
                    String why = asked.reason();
                    erasing.eraseAsAsked(asked.account(), asked.askedAt());
                    audit.record(
                            asked.askedBy(),
                            AccountAction.ERASE_ACCOUNT,
                            "account",
                            asked.account().value(),
                            why);
                });
    }
}
