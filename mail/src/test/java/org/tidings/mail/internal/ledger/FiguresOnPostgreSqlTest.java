package org.tidings.mail.internal.ledger;

import org.tidings.mail.testing.TestDatabase;

class FiguresOnPostgreSqlTest extends FiguresContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgreSql("mail");
    }
}
