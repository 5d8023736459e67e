package org.tidings.mail.internal.returned;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.tidings.mail.AddressComplained;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.IncomingMail;
import org.tidings.mail.internal.ledger.Unroutables;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.mail.internal.standing.Suppression;
import org.tidings.mail.internal.standing.Suppressions;
import org.tidings.site.Sql;

/** What a report does. */
record ReportEffects(
        KeyedHashes hashes,
        Suppressions suppressions,
        Sql sql,
        Iterable<IncomingMail> incoming,
        Consumer<AddressComplained> complaints)
        implements ReturnedMailHandler.Addresses {

    @Override
    public UUID hashOf(EmailAddress address) {
        return hashes.of(address);
    }

    @Override
    public boolean unroutable(UUID addressHash, String mail, OffsetDateTime at) {
        return new Unroutables(sql).note(addressHash, mail, at);
    }

    @Override
    public Optional<OffsetDateTime> lastOf(long mailing) {
        return sql
                .list(
                        "select finished_at from mail.mailings where number = ? and finished_at is not null",
                        row -> Sql.time(row, "finished_at"),
                        mailing)
                .stream()
                .findFirst();
    }

    @Override
    public void hardBounced(UUID addressHash, OffsetDateTime at, String detail) {
        suppressions.add(addressHash, Suppression.HARD_BOUNCED, at, detail);
    }

    @Override
    public void complained(UUID addressHash, Optional<EmailAddress> address, OffsetDateTime at, String detail) {
        suppressions.add(addressHash, Suppression.COMPLAINED, at, detail);
        complaints.accept(new AddressComplained(addressHash, address, at));
    }

    @Override
    public boolean cameIn(String address) {
        for (IncomingMail taker : incoming) {
            if (taker.takes(address)) {
                taker.came(address);
                return true;
            }
        }
        return false;
    }

    @Override
    public Optional<UUID> hashOfUnsubscribeField(String field) {
        for (IncomingMail taker : incoming) {
            Optional<EmailAddress> address = taker.whoseUnsubscribeField(field);
            if (address.isPresent()) {
                return address.map(hashes::of);
            }
        }
        return Optional.empty();
    }
}
