package org.tidings.mail.internal.signing;

import org.tidings.mail.testing.TestDatabase;

class KeyRingOnPostgreSqlTest extends KeyRingContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgreSql("mail");
    }
}
