package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class OptOutLedgerOnPostgreSqlTest extends OptOutLedgerContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgreSql("newsletter");
    }
}
