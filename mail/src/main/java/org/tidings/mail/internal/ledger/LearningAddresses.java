package org.tidings.mail.internal.ledger;

import java.util.Optional;
import java.util.UUID;
import org.tidings.mail.internal.composing.DeliveryWork;
import org.tidings.mail.internal.composing.Work;
import org.tidings.mail.internal.outcomes.Outcome;
import org.tidings.mail.internal.outcomes.Reply;
import org.tidings.mail.internal.replies.Reason;
import org.tidings.mail.internal.standing.Suppression;

/** Learns from outcomes which addresses are dead (BNC-03). Joins the caller's transaction. */
final class LearningAddresses {

    private final NodeLedger.Parts parts;
    private final Unroutables unroutables;

    LearningAddresses(NodeLedger.Parts parts) {
        this.parts = parts;
        this.unroutables = new Unroutables(parts.sql());
    }

    void learn(Outcome outcome) {
        if (outcome.reply().kind() == Reply.Kind.NOBODY_THERE) {
            parts.suppressions()
                    .add(
                            outcome.work().address(),
                            Suppression.HARD_BOUNCED,
                            outcome.at(),
                            outcome.reply().text());
        }
        if (outcome.kind() == Outcome.Kind.FAILED && outcome.reply().reason().equals(Optional.of(Reason.UNROUTABLE))) {
            unroutable(outcome);
        }
    }

    /** No way to her, and not for the first time. */
    private void unroutable(Outcome outcome) {
        Work work = outcome.work();
        String mail =
                work instanceof DeliveryWork ? Unroutables.mailing(work.mailingNumber()) : "letter " + work.recipient();
        UUID hash = parts.hashes().of(work.address());
        if (unroutables.note(hash, mail, outcome.at())) {
            parts.suppressions()
                    .add(
                            hash,
                            Suppression.HARD_BOUNCED,
                            outcome.at(),
                            outcome.reply().text());
        }
    }
}
