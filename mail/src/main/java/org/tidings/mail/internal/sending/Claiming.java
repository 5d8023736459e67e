package org.tidings.mail.internal.sending;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.MailingState;
import org.tidings.mail.MessageClass;
import org.tidings.mail.internal.composing.RunningMailing;
import org.tidings.mail.internal.composing.Work;
import org.tidings.mail.internal.ledger.Claims;
import org.tidings.mail.internal.ledger.MailingBook;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.machine.Once;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.traffic.Traffic;
import org.tidings.mail.internal.traffic.shaping.MailingPaces;

/** Reserves what is due for the connections, about a second's worth, and looks after what staff and other nodes do. One thread. */
final class Claiming {

    private static final long CONTROLS_EVERY_NANOS = 400_000_000L;
    private static final long LETTERS_EVERY_NANOS = 200_000_000L;
    private static final long DEAD_NODES_EVERY_NANOS = 3_000_000_000L;
    private static final long FORGOTTEN_EVERY_NANOS = 1_000_000_000L;
    private static final long LOST_EVERY_NANOS = 1_000_000_000L;
    /** A commit whose answer was lost may take effect a little later. */
    private static final long UNSURE_NANOS = 60_000_000_000L;

    private static final long RATED_EVERY_NANOS = 500_000_000L;
    private static final long ALIVE_EVERY_MILLIS = 400;
    private static final long QUIET_NANOS = 250_000_000L;
    private static final long FAILED_QUIET_NANOS = 2_000_000_000L;
    private static final int LETTERS_AT_ONCE = 50;
    private static final int FIRST_CLAIM = 50;

    private final MailSettings settings;
    private final Clock clock;
    private final MailingBook mailings;
    private final Membership membership;
    private final TakeOver takeOver;
    private final Controls controls;
    private final Traffic traffic;
    private final MailingPaces paces;
    private final Preparing preparing;
    private final Consumer<Work> putBack;
    private final Recording recording;
    private final Happenings happenings;
    private final Lifetime lifetime;
    private final BooleanSupplier transactionsHold;
    private final Runnable whenTransactionsAreLost;
    private final Machine machine;

    private final Map<Integer, RunningMailing> loaded = new HashMap<>();
    /** Mailings that had nothing due a moment ago. */
    private final Map<Integer, Long> quietUntil = new HashMap<>();

    private long lettersAt;
    private long deadAt;
    /** Since when it is not certain that this node knows all that it has reserved. */
    private @Nullable Long unsureSince;

    private long forgottenAt;
    private long lookedForLossAt;
    /** When the database was found to have lost transactions of this node, lately. */
    private @Nullable Long lostAt;

    private final Once ended;
    private double rate;
    private long ratedAt;
    private long ratedSent;

    /**
     * @param putBack gives back what must not be begun now
     * @param transactionsHold whether it was proved for all background threads; nothing is reserved before
     * @param whenTransactionsAreLost sees to it that everything stands still
     */
    Claiming(
            MailSettings settings,
            Clock clock,
            MailingBook mailings,
            Membership membership,
            TakeOver takeOver,
            Controls controls,
            Traffic traffic,
            Preparing preparing,
            Consumer<Work> putBack,
            Recording recording,
            Happenings happenings,
            Lifetime lifetime,
            BooleanSupplier transactionsHold,
            Runnable whenTransactionsAreLost,
            Machine machine) {
        this.settings = settings;
        this.clock = clock;
        this.mailings = mailings;
        this.membership = membership;
        this.takeOver = takeOver;
        this.controls = controls;
        this.traffic = traffic;
        this.paces = new MailingPaces(clock, machine::nanos, settings.zone());
        this.preparing = preparing;
        this.putBack = putBack;
        this.recording = recording;
        this.happenings = happenings;
        this.lifetime = lifetime;
        this.transactionsHold = transactionsHold;
        this.whenTransactionsAreLost = whenTransactionsAreLost;
        this.machine = machine;
        this.forgottenAt = machine.nanos();
        this.lookedForLossAt = forgottenAt;
        this.ratedAt = forgottenAt;
        this.ended = new Once(machine);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** One thread's work until everything is recorded. */
    void run() {
        try {
            claimUntilTheEnd();
        } finally {
            ended.happens();
        }
        stayAlive();
    }

    /** Waits until nothing is reserved any more. @return false when it did not come so soon */
    boolean endsWithin(long millis) {
        try {
            return ended.happensWithin(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** While mails in flight are waited for, the others must not take this node for dead. */
    private void stayAlive() {
        try {
            while (!lifetime.recordingEndsWithin(ALIVE_EVERY_MILLIS)) {
                giveASignOfLife();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveASignOfLife() {
        try {
            membership.beat();
            controls.read();
            traffic.lines().forEach(line -> line.server().watch());
        } catch (RuntimeException | Error e) {
            happenings.failed(e, "giving a sign of life at the end failed; tried again");
        }
    }

    private void claimUntilTheEnd() {
        lettersAt = machine.nanos() - LETTERS_EVERY_NANOS;
        deadAt = machine.nanos() - DEAD_NODES_EVERY_NANOS;
        while (!lifetime.stopping()) {
            try {
                boolean more = lookAround();
                if (!more) {
                    traffic.awaitChange(50);
                }
            } catch (Claims.TakenOver e) {
                beginAnew();
            } catch (Claims.TransactionsLost e) {
                standStill(e);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                failed();
                happenings.failed(e, "claiming mails failed; tried again");
                if (!pause(500)) {
                    return;
                }
            }
        }
    }

    /** What was committed last may not be known, and the database may be another than before. */
    private void failed() {
        unsureSince = machine.nanos();
        lookedForLossAt = machine.nanos() - LOST_EVERY_NANOS;
    }

    private boolean pause(long millis) {
        try {
            machine.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Returns whether more may be had at once. */
    private boolean lookAround() {
        long now = machine.nanos();
        if (now - lookedForLossAt >= LOST_EVERY_NANOS) {
            membership.node().claims().assertNothingIsLost();
            lookedForLossAt = now;
        }
        if (controls.olderThan(CONTROLS_EVERY_NANOS)) {
            readControls();
        }
        if (!transactionsHold.getAsBoolean()) {
            return false;
        }
        if (now - deadAt >= DEAD_NODES_EVERY_NANOS) {
            deadAt = now;
            takeOverFromTheDead();
        }
        putBackWhatWasForgotten(now);
        rate(now);
        int size = (int) Math.max(FIRST_CLAIM, Math.min(settings.batch(), rate));
        traffic.lowWater(size);
        boolean more = claimLetters(now);
        return claimMailings(size) || more;
    }

    /** What a dead node left and cannot be understood keeps nobody else's mail waiting. */
    private void takeOverFromTheDead() {
        try {
            takeOver.fromTheDead(membership.node().id(), membership.folder());
        } catch (RuntimeException e) {
            happenings.failed(e, "taking over from a node that ended failed; tried again");
        }
    }

    /** What was reserved by a commit whose answer did not arrive is reserved, and nobody here has it. */
    private void putBackWhatWasForgotten(long now) {
        Long since = unsureSince;
        if (since == null || now - forgottenAt < FORGOTTEN_EVERY_NANOS) {
            return;
        }
        forgottenAt = now;
        takeOver.fromMyself(membership.node(), lostAt != null);
        if (now - since > UNSURE_NANOS) {
            unsureSince = null;
            lostAt = null;
        }
    }

    /**
     * The database has lost transactions of this node. Mailings are paused, so that what is reserved goes back; what is in flight is
     * recorded as it ends.
     */
    private void standStill(Claims.TransactionsLost noticed) {
        try {
            whenTransactionsAreLost.run();
            membership.node().claims().accept(noticed);
            lostAt = machine.nanos();
            unsureSince = lostAt;
            forgottenAt = machine.nanos() - FORGOTTEN_EVERY_NANOS;
            loaded.clear();
            readControls();
        } catch (Claims.TakenOver e) {
            beginAnew();
        } catch (RuntimeException e) {
            failed();
            happenings.failed(e, "the database has lost transactions, and nobody could be told; tried again");
            pause(500);
        }
    }

    private void readControls() {
        membership.beat();
        controls.read();
        traffic.synchronise();
        traffic.lines().forEach(line -> line.server().watch());
        loaded.keySet().retainAll(controls.states().keySet());
        paces.retain(controls.states().keySet());
        membership.node().claims().retain(controls.states().keySet());
        mailings.forgetSamples(controls.states().keySet());
        controls.states().keySet().forEach(mailings::sample);
        traffic.remove(work -> !controls.allow(work)).forEach(putBack);
    }

    /** Mails a second lately: so much is claimed ahead. */
    private void rate(long now) {
        if (now - ratedAt > RATED_EVERY_NANOS) {
            long sent = happenings.sent();
            rate = 0.5 * rate + 0.5 * ((sent - ratedSent) / ((now - ratedAt) / 1e9));
            ratedAt = now;
            ratedSent = sent;
        }
    }

    private boolean claimLetters(long now) {
        if (now - lettersAt < LETTERS_EVERY_NANOS || traffic.waiting(MessageClass.ACCOUNT, 0) >= LETTERS_AT_ONCE) {
            return false;
        }
        Optional<Work.Claim> letters = membership.node().claims().claimLetters(LETTERS_AT_ONCE);
        letters.ifPresent(claim -> traffic.add(claim.works()));
        // A full portion means that more wait.
        boolean full = letters.isPresent() && letters.get().works().size() == LETTERS_AT_ONCE;
        lettersAt = full ? now - LETTERS_EVERY_NANOS : now;
        return full;
    }

    private boolean claimMailings(int size) {
        boolean more = false;
        for (Map.Entry<Integer, MailingState> entry : controls.states().entrySet()) {
            try {
                more |= claimMailing(entry.getKey(), entry.getValue(), size);
            } catch (Claims.TakenOver | Claims.TransactionsLost e) {
                throw e;
            } catch (RuntimeException e) {
                failed();
                happenings.failed(e, "claiming from mailing " + entry.getKey() + " failed; tried again");
                quietUntil.put(entry.getKey(), machine.nanos() + FAILED_QUIET_NANOS);
            }
        }
        return more;
    }

    private boolean claimMailing(int number, MailingState state, int size) {
        RunningMailing mailing = loaded.computeIfAbsent(number, mailings::load);
        boolean ended = state == MailingState.CANCELLED || !now().isBefore(mailing.expiresAt());
        boolean running =
                state == MailingState.RUNNING && !controls.allStopped() && !now().isBefore(mailing.notBefore());
        boolean room = traffic.waiting(mailing.kind().messageClass(), number) < size;
        if (!(ended || (running && room)) || lifetime.stopping() || isQuiet(number)) {
            return false;
        }
        int some = ended ? size : allowed(mailing, size);
        if (some == 0) {
            return false;
        }
        Claims.Claimed claimed = membership.node().claims().claim(mailing, some);
        if (claimed.changed()) {
            loaded.remove(number);
        }
        claimed.claim().ifPresent(claim -> {
            paces.reserved(number, claim.works().size());
            preparing.add(traffic.add(claim.works()));
        });
        if (!claimed.more()) {
            quietUntil.put(number, machine.nanos() + QUIET_NANOS);
        }
        return claimed.more() && traffic.waiting(mailing.kind().messageClass(), number) < size;
    }

    private int allowed(RunningMailing mailing, int size) {
        return paces.allowance(
                mailing.number(),
                mailing.limits(),
                mailing.notBefore(),
                () -> mailings.toGo(mailing),
                membership.nodes(),
                size);
    }

    private boolean isQuiet(int mailing) {
        Long until = quietUntil.get(mailing);
        return until != null && machine.nanos() - until < 0;
    }

    /** The others took this node for dead, and everything it had reserved. */
    private void beginAnew() {
        traffic.remove(work -> true).forEach(preparing::drop);
        recording.forget();
        try {
            membership.rejoin();
        } catch (RuntimeException e) {
            happenings.failed(e, "this node could not begin anew; tried again");
            pause(500);
        }
    }
}
