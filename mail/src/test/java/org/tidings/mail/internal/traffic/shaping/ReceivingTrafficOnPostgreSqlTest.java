package org.tidings.mail.internal.traffic.shaping;

import org.tidings.mail.testing.TestDatabase;

class ReceivingTrafficOnPostgreSqlTest extends ReceivingTrafficContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgreSql("mail");
    }
}
