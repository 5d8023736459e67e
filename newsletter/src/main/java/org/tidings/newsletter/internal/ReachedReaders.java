package org.tidings.newsletter.internal;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tidings.mail.Delivery;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.Mailings;
import org.tidings.site.Sql;

/**
 * Whom issues have reached, taken over from the mail module's ledger for conditions that ask for it: no query crosses modules. Kept are ids of
 * subscriptions. Asked for again whenever the ledger has more of them.
 */
final class ReachedReaders {

    private static final int PAGE = 5_000;

    private final Sql sql;
    private final Mailings mailings;

    ReachedReaders(Sql sql, Mailings mailings) {
        this.sql = sql;
        this.mailings = mailings;
    }

    /** Takes over what is missing of these issues. */
    void know(List<UUID> issues) {
        for (UUID issue : issues) {
            mailingOf(issue).ifPresent(mailing -> know(issue, mailing));
        }
    }

    private Optional<MailingId> mailingOf(UUID issue) {
        return sql.first(
                        "select mailing from newsletter.issue where id = ? and mailing is not null",
                        row -> row.getString(1),
                        issue)
                .map(UUID::fromString)
                .map(MailingId::new);
    }

    private void know(UUID issue, MailingId mailing) {
        long sent = mailings.progress(mailing).map(MailingProgress::sent).orElse(0L);
        if (sent == sql.number("select count(*) from newsletter.issue_reached where issue = ?", issue)) {
            return;
        }
        UUID after = null;
        while (true) {
            List<UUID> page = mailings.deliveries(mailing, DeliveryState.HANDED_OVER, after, PAGE).stream()
                    .map(Delivery::recipient)
                    .toList();
            sql.update(
                    "insert into newsletter.issue_reached (issue, subscription)"
                            + " select cast(? as uuid), u.id from unnest(cast(? as uuid array)) as u(id)"
                            + " on conflict do nothing",
                    issue,
                    Sql.uuids(page));
            if (page.size() < PAGE) {
                return;
            }
            after = page.get(page.size() - 1);
        }
    }
}
