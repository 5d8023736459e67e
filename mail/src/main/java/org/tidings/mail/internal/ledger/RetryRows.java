package org.tidings.mail.internal.ledger;

import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.internal.tables.Sql;

/**
 * Rows of {@code mail.retries} by their keys. Of {@code mailing = ? and recipient = any (?)} H2 uses only the mailing and reads all
 * that wait in it, for every portion again; one statement a row is ten times faster there with 60,000 waiting.
 */
final class RetryRows {

    private final Sql sql;

    RetryRows(Sql sql) {
        this.sql = sql;
    }

    void claim(int mailing, Collection<UUID> recipients, UUID claim) {
        if (sql.isPostgres()) {
            sql.update(
                    "update mail.retries set claim = ? where mailing = ? and recipient = any (?)",
                    claim,
                    mailing,
                    recipients);
        } else {
            sql.batch(
                    "update mail.retries set claim = ? where mailing = ? and recipient = ?",
                    recipients.stream()
                            .map(recipient -> new @Nullable Object[] {claim, mailing, recipient})
                            .toList());
        }
    }

    void delete(int mailing, Collection<UUID> recipients) {
        if (recipients.isEmpty()) {
            return;
        }
        if (sql.isPostgres()) {
            sql.update("delete from mail.retries where mailing = ? and recipient = any (?)", mailing, recipients);
        } else {
            sql.batch(
                    "delete from mail.retries where mailing = ? and recipient = ?",
                    recipients.stream()
                            .map(recipient -> new @Nullable Object[] {mailing, recipient})
                            .toList());
        }
    }
}
