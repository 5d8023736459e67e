package org.tidings.mail.internal.standing;

import org.tidings.mail.testing.TestDatabase;

class SuppressionLedgerOnPostgreSqlTest extends SuppressionLedgerContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgreSql("mail");
    }
}
