package org.tidings.mail.internal.ledger;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tidings.mail.Addressee;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.composing.DeliveryWork;
import org.tidings.mail.internal.composing.MailingClaim;
import org.tidings.mail.internal.composing.RunningMailing;

/** Candidates of a mailing by what becomes of them now: she must not be written to, it is night where she lives, or she is reserved. */
final class Sorted {

    /** Somebody whose hours begin then. */
    record Later(UUID recipient, OffsetDateTime opens) {}

    private final MailingClaim claim;
    private final NodeLedger.Parts parts;
    private final SkippedRows rows;
    private final List<DeliveryRows.Row> skipped = new ArrayList<>();
    private final List<Later> later = new ArrayList<>();
    private final List<DeliveryWork> works = new ArrayList<>();

    Sorted(MailingClaim claim, NodeLedger.Parts parts, SkippedRows rows) {
        this.claim = claim;
        this.parts = parts;
        this.rows = rows;
    }

    /** @param readAt when the transaction began in which the decision was read, as {@code Machine.nanos} */
    void add(Candidate who, ReadingStanding.Decision decision, long readAt) {
        RunningMailing mailing = claim.mailing();
        Addressee addressee = who.addressee();
        Optional<SkipReason> whyNot =
                addressee == null ? Optional.of(SkipReason.ERASED) : decision.whyNot(mailing.kind(), addressee);
        if (addressee == null || whyNot.isPresent()) {
            skipped.add(rows.row(mailing.number(), who, whyNot.orElse(SkipReason.ERASED)));
            return;
        }
        ZoneId site = parts.zone();
        OffsetDateTime opens = mailing.opensFor(addressee, parts.now(), site);
        if (opens.isAfter(parts.now())) {
            later.add(new Later(who.recipient(), opens));
        } else {
            works.add(new DeliveryWork(claim, addressee, who.attempts(), who.everDoubtful(), who.dated(), readAt));
        }
    }

    MailingClaim claim() {
        return claim;
    }

    List<DeliveryRows.Row> skipped() {
        return skipped;
    }

    List<Later> later() {
        return later;
    }

    List<DeliveryWork> works() {
        return works;
    }
}
