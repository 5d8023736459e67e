package org.tidings.mail.internal.ledger;

import java.util.Optional;
import org.tidings.mail.internal.composing.LetterWork;
import org.tidings.mail.internal.outcomes.Codes;
import org.tidings.mail.internal.outcomes.Outcome;
import org.tidings.site.Sql;

/** What became of letters, in their rows. */
final class LetterRows {

    private static final String WAITS =
            "update mail.letters set state = ?, attempts = ?, ever_doubtful = ?, next_try = ?, at = ?, server = ?, reply = ?,"
                    + " skipped = ?, node = null where id = ? and node = ?";
    /** Links in a letter are secrets, and the last receipt is all that still names its person. */
    private static final String OVER =
            "update mail.letters set state = ?, attempts = ?, ever_doubtful = ?, next_try = ?, at = ?, server = ?, reply = ?,"
                    + " skipped = ?, node = null, source = null,"
                    + " address = case when kind = 'LAST_RECEIPT' then '' else address end where id = ? and node = ?";

    private final Sql sql;

    LetterRows(Sql sql) {
        this.sql = sql;
    }

    void write(Outcome outcome, LetterWork letter) {
        boolean over = outcome.kind().isFinal();
        sql.update(
                over ? OVER : WAITS,
                Codes.of(outcome) % Codes.WAS_DOUBTFUL,
                outcome.attempts(),
                outcome.everDoubtful(),
                over ? null : outcome.nextTry(),
                outcome.at(),
                outcome.server(),
                outcome.reply().text(),
                Optional.ofNullable(outcome.skipped()).map(Codes::of).orElse(null),
                letter.recipient(),
                letter.claim().node());
    }
}
