package org.tidings.mail.internal.sending;

import org.tidings.mail.testing.TestDatabase;

class FailoverOnPostgreSqlTest extends FailoverContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgreSql("mail");
    }
}
