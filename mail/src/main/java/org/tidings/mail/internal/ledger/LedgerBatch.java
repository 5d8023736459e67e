package org.tidings.mail.internal.ledger;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.internal.composing.DeliveryWork;
import org.tidings.mail.internal.composing.LetterWork;
import org.tidings.mail.internal.ledger.WritingOutcomes.Known;
import org.tidings.mail.internal.outcomes.Codes;
import org.tidings.mail.internal.outcomes.Outcome;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.site.Sql;

/** The outcomes of one transaction, sorted by what is written of them. */
final class LedgerBatch {

    private final Claims claims;
    private final Map<String, Integer> numbers;
    private final Known known;
    private final KeyedHashes hashes;
    private final TryCounts.Batch tries;
    private final LearningAddresses addresses;
    private final LetterRows letters;
    private final LastErrors errors;
    private final DeliveryRows deliveries;
    private final List<DeliveryRows.Row> finals = new ArrayList<>();
    private final WaitingRows waiting;
    private final RetryRows retries;
    private final Map<Integer, List<UUID>> over = new TreeMap<>();
    private final MailingFigures figures;

    /** @param numbers of replies and servers, see {@link Phrases} */
    LedgerBatch(NodeLedger.Parts parts, Claims claims, Map<String, Integer> numbers, Known known) {
        Sql sql = parts.sql();
        this.claims = claims;
        this.numbers = numbers;
        this.known = known;
        this.hashes = parts.hashes();
        this.tries = parts.tryCounts().begin();
        this.addresses = new LearningAddresses(parts);
        this.letters = new LetterRows(sql);
        this.errors = new LastErrors(sql);
        this.deliveries = new DeliveryRows(sql);
        this.waiting = new WaitingRows(sql);
        this.retries = new RetryRows(sql);
        this.figures = new MailingFigures(sql);
    }

    void add(Outcome outcome) {
        boolean countedByItsRow = goesAround() && outcome.kind().isFinal() && outcome.work() instanceof DeliveryWork;
        if (known != Known.NOTHING && !countedByItsRow) {
            tries.add(outcome); // else it cannot be told whether it was counted, unless it was final
        }
        addresses.learn(outcome);
        if (outcome.work() instanceof DeliveryWork delivery) {
            errors.note(outcome, delivery.mailingNumber());
            if (outcome.kind().isFinal()) {
                over(outcome, delivery);
            } else {
                waits(outcome, delivery);
            }
        } else if (outcome.work() instanceof LetterWork letter) {
            letters.write(outcome, letter);
        }
    }

    private boolean goesAround() {
        return known != Known.NEW;
    }

    private void over(Outcome outcome, DeliveryWork delivery) {
        if (delivery.claim().retry() || claims.isLost(delivery.claim())) {
            over.computeIfAbsent(delivery.mailingNumber(), n -> new ArrayList<>())
                    .add(delivery.recipient());
        }
        DeliveryRows.Row row = row(outcome, delivery);
        if (!goesAround()) {
            finals.add(row);
        } else if (deliveries.appendUnlessThere(row)) {
            tries.add(outcome);
        } else {
            return;
        }
        figures.add(row);
    }

    private DeliveryRows.Row row(Outcome outcome, DeliveryWork delivery) {
        Phrases.Split split = Phrases.Split.of(outcome.reply());
        return new DeliveryRows.Row(
                outcome.at(),
                delivery.mailingNumber(),
                numbers.get(outcome.server()),
                numbers.get(split.phrase()),
                Codes.of(outcome),
                outcome.attempts(),
                delivery.recipient(),
                split.detail().orElse(null),
                outcome.kind() == Outcome.Kind.SKIPPED ? null : hashes.of(delivery.address()));
    }

    private void waits(Outcome outcome, DeliveryWork delivery) {
        // Who was never tried gets her mail's date when she is.
        @Nullable OffsetDateTime dated = outcome.attempts() == 0 ? null : delivery.dated();
        WaitingRows.Row row = new WaitingRows.Row(
                delivery.mailingNumber(),
                delivery.recipient(),
                Codes.of(outcome),
                outcome.attempts(),
                outcome.everDoubtful(),
                outcome.nextTry(),
                outcome.at(),
                numbers.get(outcome.server()),
                numbers.get(Phrases.Split.of(outcome.reply()).phrase()),
                dated);
        if (claims.isLost(delivery.claim())) {
            waiting.ofLostClaim(row);
        } else if (delivery.claim().retry()) {
            waiting.again(row, delivery.claim().id());
        } else {
            waiting.first(row);
        }
    }

    /** In this order: the mailing before its figures, as claiming does; else the two could wait for each other. */
    TryCounts.Batch write() {
        errors.write();
        deliveries.append(finals);
        waiting.write();
        over.forEach(retries::delete);
        figures.write();
        tries.write();
        return tries;
    }
}
