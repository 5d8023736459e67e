package org.tidings.mail.internal.sending;

import org.tidings.mail.testing.TestDatabase;

class TrafficOnPostgreSqlTest extends TrafficContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgreSql("mail");
    }
}
