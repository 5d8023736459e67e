package org.tidings.mail.internal.sending;

import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Addressee;
import org.tidings.mail.Diagnostic.Why;
import org.tidings.mail.internal.composing.DeliveryWork;
import org.tidings.mail.internal.composing.LetterWork;
import org.tidings.mail.internal.composing.LettersClaim;
import org.tidings.mail.internal.composing.MailingClaim;
import org.tidings.mail.internal.composing.RunningMailing;
import org.tidings.mail.internal.composing.Work;
import org.tidings.mail.internal.ledger.Claims;
import org.tidings.mail.internal.ledger.MailingBook;
import org.tidings.mail.internal.ledger.OnRecord;
import org.tidings.mail.internal.ledger.Phrases;
import org.tidings.mail.internal.ledger.WritingOutcomes;
import org.tidings.mail.internal.machine.Disk;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.outcomes.Outcome;
import org.tidings.mail.internal.outcomes.Reply;
import org.tidings.mail.internal.outcomes.WhatNext;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.standing.People;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.Sql;
import org.tidings.site.Transactions;

/**
 * Inherits what dead nodes had reserved. A node on this machine is dead when its lock can be had; its journal says what was
 * handed over, what was in flight and what was never begun. A node elsewhere is dead when it has been silent for long; then
 * everything that it had reserved and not recorded is doubtful.
 */
final class TakeOver {

    private static final Logger LOG = Logger.getLogger(TakeOver.class.getName());
    private static final int PAGE = 2_000;

    private final Sql sql;
    private final Transactions transactions;
    private final Clock clock;
    private final MailSettings settings;
    private final People people;
    private final MailingBook mailings;
    private final WritingOutcomes recorder;
    private final Phrases phrases;
    private final BooleanSupplier justBack;
    private final Machine machine;
    private final Disk disk;

    /** @param justBack whether this node was out of reach of the database itself, not long ago */
    TakeOver(
            Sql sql,
            Transactions transactions,
            Clock clock,
            MailSettings settings,
            People people,
            MailingBook mailings,
            WritingOutcomes recorder,
            Phrases phrases,
            BooleanSupplier justBack,
            Machine machine,
            Disk disk) {
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
        this.settings = settings;
        this.people = people;
        this.mailings = mailings;
        this.recorder = recorder;
        this.phrases = phrases;
        this.justBack = justBack;
        this.machine = machine;
        this.disk = disk;
    }

    /** @param asked when, by the clock that {@code seenAt} is by: the database's */
    private record Node(UUID id, String host, Path folder, OffsetDateTime seenAt, OffsetDateTime asked) {}

    private record DeadClaim(
            UUID id,
            int mailing,
            @Nullable UUID after,
            @Nullable UUID to,
            boolean retry,
            OffsetDateTime at) {}

    /**
     * Looks for dead nodes and takes over from them. To be called now and then.
     *
     * @throws RuntimeException when that failed for one of them, after having looked at the others
     */
    void fromTheDead(UUID self, Path ownFolder) {
        List<Node> others = sql.list(
                "select id, host, folder, seen_at, current_timestamp as asked from mail.nodes where id <> ? order by seen_at",
                row -> new Node(
                        Sql.id(row, "id"),
                        row.getString("host"),
                        Path.of(row.getString("folder")),
                        Sql.time(row, "seen_at"),
                        Sql.time(row, "asked")),
                self);
        List<RuntimeException> failures = new ArrayList<>();
        for (Node node : others) {
            try (Journal.Legacy legacy = legacy(node, ownFolder)) {
                if (legacy != null) {
                    from(node, legacy);
                }
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        tidy(self, ownFolder);
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    /**
     * Removes what dead nodes left in this folder and nobody knows any more: they ended between a commit and the removal of their
     * files, or of those that they had taken over.
     */
    private void tidy(UUID self, Path ownFolder) {
        for (UUID node : Journal.nodesIn(ownFolder, disk)) {
            if (node.equals(self)) {
                continue;
            }
            try (Journal.Legacy left = Journal.legacyOf(ownFolder, node, disk).orElse(null)) {
                // Asked when its lock is had: whoever signs on does it with the lock in hand.
                if (left != null && sql.number("select count(*) from mail.nodes where id = ?", node) == 0) {
                    left.forget();
                }
            }
        }
    }

    private Journal.@Nullable Legacy legacy(Node node, Path ownFolder) {
        Optional<Journal.Legacy> here = Journal.legacyOf(ownFolder, node.id(), disk);
        if (here.isEmpty() && node.host().equals(machine.hostName())) {
            here = Journal.legacyOf(node.folder(), node.id(), disk);
        }
        if (here.isPresent()) {
            return here.get();
        }
        if (justBack.getAsBoolean()) {
            return null; // where the database was out of reach, the others are as silent as this node was
        }
        return node.seenAt().plus(settings.takeoverAfter()).isBefore(node.asked())
                ? Journal.Legacy.unknown(node.id())
                : null;
    }

    private void from(Node dead, Journal.Legacy legacy) {
        UUID node = dead.id();
        List<DeadClaim> claims = claimsOf(node);
        Map<String, Integer> numbers = phrases.numbersOf(repliesIn(claims, legacy));
        boolean done = transactions.call(() -> {
            // Whoever holds the row takes over, unless it was heard of meanwhile; the dead, should it live, finds its
            // row
            // gone and stops.
            if (sql.list(
                            "select 1 from mail.nodes where id = ? and seen_at = ? for update",
                            row -> 1,
                            node,
                            dead.seenAt())
                    .isEmpty()) {
                return false;
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (DeadClaim claim : claimsOf(node)) {
                outcomes.addAll(outcomesOf(node, claim, legacy));
            }
            outcomes.addAll(letters(node, legacy));
            recorder.write(outcomes, numbers, WritingOutcomes.Known.NOTHING);
            sql.update(
                    "update mail.retries set claim = null where claim in (select id from mail.claims where node = ?)",
                    node);
            sql.update("update mail.letters set node = null where node = ?", node);
            sql.update("delete from mail.claims where node = ?", node);
            sql.update("delete from mail.nodes where id = ?", node);
            sql.update("delete from mail.recordings where node = ?", node);
            if (!outcomes.isEmpty()) {
                long doubtful = outcomes.stream()
                        .filter(o -> o.kind() == Outcome.Kind.DOUBTFUL)
                        .count();
                LOG.info(() -> "took over " + outcomes.size() + " reserved mails of a node that ended, " + doubtful
                        + " of them doubtful");
            }
            return true;
        });
        if (done) {
            legacy.forget();
        }
    }

    /**
     * Puts back what this node reserved without knowing: the commit was done, its answer got lost. Nothing of it was begun.
     * To be called by the one thread that reserves.
     *
     * @param afterLoss the database has lost transactions: then it may be what this node had recorded long ago, so all of it is doubtful,
     *     and letters wait for what staff say
     */
    void fromMyself(Membership.Node self, boolean afterLoss) {
        Claims.Forgotten forgotten = self.ledger().claims().forgotten();
        if (forgotten.isEmpty()) {
            return;
        }
        Map<String, Integer> numbers =
                phrases.numbersOf(Set.of(Phrases.Split.of(ENDED).phrase()));
        try (Journal.Legacy nothing = afterLoss ? Journal.Legacy.unknown(self.id()) : Journal.Legacy.empty(self.id())) {
            transactions.run(() -> {
                self.ledger().claims().assertStillOurs();
                List<Outcome> outcomes = new ArrayList<>();
                claimsOf(self.id()).stream()
                        .filter(claim -> forgotten.claims().contains(claim.id()))
                        .forEach(claim -> outcomes.addAll(outcomesOf(self.id(), claim, nothing)));
                recorder.write(outcomes, numbers, WritingOutcomes.Known.NOTHING);
                List<UUID> claims = List.copyOf(forgotten.claims());
                sql.update("update mail.retries set claim = null where claim = any (?)", claims);
                sql.update("delete from mail.claims where node = ? and id = any (?)", self.id(), claims);
                sql.update(
                        "update mail.letters set node = null"
                                + (afterLoss ? ", ever_doubtful = true, next_try = expires_at" : "")
                                + " where node = ? and id = any (?)",
                        self.id(),
                        List.copyOf(forgotten.letters()));
            });
        }
        LOG.info(() -> "put back " + forgotten.claims().size() + " portions of mailings and "
                + forgotten.letters().size() + " letters whose reservation was not answered");
    }

    private List<DeadClaim> claimsOf(UUID node) {
        return sql.list(
                "select id, mailing, after_recipient, to_recipient, is_retry, claimed_at from mail.claims where node = ?",
                row -> new DeadClaim(
                        Sql.id(row, "id"),
                        row.getInt("mailing"),
                        Sql.idOrNull(row, "after_recipient"),
                        Sql.idOrNull(row, "to_recipient"),
                        row.getBoolean("is_retry"),
                        Sql.time(row, "claimed_at")),
                node);
    }

    private Set<String> repliesIn(List<DeadClaim> claims, Journal.Legacy legacy) {
        Set<String> phrasesInUse = new HashSet<>();
        for (DeadClaim claim : claims) {
            for (Optional<Reply> reply : legacy.begun(claim.id()).values()) {
                reply.ifPresent(r -> phrasesInUse.add(Phrases.Split.of(r).phrase()));
            }
        }
        phrasesInUse.add(Phrases.Split.of(ENDED).phrase());
        return phrasesInUse;
    }

    private static final Reply ENDED = new Reply(Reply.Kind.DOUBTFUL, Why.PROCESS_ENDED);

    private record Reserved(
            UUID recipient,
            int attempts,
            boolean everDoubtful,
            @Nullable OffsetDateTime dated) {}

    private List<Outcome> outcomesOf(UUID node, DeadClaim dead, Journal.Legacy legacy) {
        RunningMailing mailing = mailings.load(dead.mailing());
        MailingClaim claim = new MailingClaim(dead.id(), node, mailing, dead.retry(), dead.at());
        Map<UUID, Optional<Reply>> begun = legacy.begun(dead.id());
        List<Outcome> outcomes = new ArrayList<>();
        if (dead.retry()) {
            List<Reserved> reserved = sql.list(
                    "select recipient, attempts, ever_doubtful, dated from mail.retries where claim = ?",
                    row -> new Reserved(
                            Sql.id(row, "recipient"),
                            row.getInt("attempts"),
                            row.getBoolean("ever_doubtful"),
                            Sql.timeOrNone(row, "dated").orElse(null)),
                    dead.id());
            Map<UUID, Reserved> byId = new java.util.HashMap<>();
            reserved.forEach(r -> byId.put(r.recipient(), r));
            for (Addressee addressee : people.audience(mailing.audience()).lookUp(mailing.query(), byId.keySet())) {
                Reserved known = byId.remove(addressee.recipient());
                if (known != null) {
                    Work work = new DeliveryWork(
                            claim, addressee, known.attempts(), known.everDoubtful(), known.dated(), 0);
                    outcomes.add(outcome(work, begun, legacy.complete()));
                }
            }
            noteTriesOfTheGone(dead, byId.keySet(), legacy);
            return outcomes;
        }
        UUID to = dead.to();
        if (to == null) {
            return outcomes;
        }
        Set<UUID> recorded = OnRecord.between(sql, dead.mailing(), dead.after(), to);
        UUID after = dead.after();
        boolean more = true;
        while (more) {
            List<Addressee> page = people.audience(mailing.audience()).after(mailing.query(), after, PAGE);
            for (Addressee addressee : page) {
                if (Ids.compareUnsigned(addressee.recipient(), to) <= 0 && !recorded.contains(addressee.recipient())) {
                    Work work = DeliveryWork.first(claim, addressee, 0);
                    outcomes.add(outcome(work, begun, legacy.complete()));
                }
            }
            UUID last = page.isEmpty() ? to : page.get(page.size() - 1).recipient();
            more = page.size() == PAGE && Ids.compareUnsigned(last, to) < 0;
            after = last;
        }
        return outcomes;
    }

    /** Who is gone from the audience stays in retries and is skipped when claimed; what was tried all the same is counted there. */
    private void noteTriesOfTheGone(DeadClaim dead, Set<UUID> gone, Journal.Legacy legacy) {
        Map<UUID, Optional<Reply>> begun = legacy.begun(dead.id());
        for (UUID recipient : gone) {
            if (begun.containsKey(recipient) || !legacy.complete()) {
                Reply last = begun.getOrDefault(recipient, Optional.empty()).orElse(ENDED);
                sql.update(
                        "update mail.retries set attempts = attempts + 1, ever_doubtful = ever_doubtful or ?"
                                + " where claim = ? and recipient = ?",
                        last.kind() == Reply.Kind.DOUBTFUL,
                        dead.id(),
                        recipient);
            }
        }
    }

    private List<Outcome> letters(UUID node, Journal.Legacy legacy) {
        List<LetterWork> reserved = sql.list(
                "select id, kind, realm, person, address, expires_at, attempts, ever_doubtful from mail.letters where node = ?",
                row -> new LetterWork(
                        new LettersClaim(Sql.id(row, "id"), node, Now.by(clock)),
                        Sql.id(row, "id"),
                        new LetterWork.Source(
                                org.tidings.mail.MailKind.valueOf(row.getString("kind")),
                                row.getString("realm"),
                                Sql.id(row, "person"),
                                org.tidings.mail.EmailAddress.parse(row.getString("address")),
                                Sql.time(row, "expires_at"),
                                new byte[0]),
                        row.getInt("attempts"),
                        row.getBoolean("ever_doubtful"),
                        0),
                node);
        // In the journal a letter is its own claim.
        return reserved.stream()
                .map(work -> outcome(work, legacy.begun(work.recipient()), legacy.complete()))
                .toList();
    }

    private Outcome outcome(Work work, Map<UUID, Optional<Reply>> begun, boolean complete) {
        OffsetDateTime now = Now.by(clock);
        Optional<Reply> journal = begun.getOrDefault(work.recipient(), Optional.empty());
        if (complete && !begun.containsKey(work.recipient())) {
            return WhatNext.on(work, new Reply(Reply.Kind.NOT_BEGUN, ""), "", now, settings, machine);
        }
        return WhatNext.on(work, journal.orElse(ENDED), "", now, settings, machine);
    }
}
