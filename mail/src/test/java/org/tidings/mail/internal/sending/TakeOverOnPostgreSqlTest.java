package org.tidings.mail.internal.sending;

import org.tidings.mail.testing.TestDatabase;

class TakeOverOnPostgreSqlTest extends TakeOverContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgreSql("mail");
    }
}
