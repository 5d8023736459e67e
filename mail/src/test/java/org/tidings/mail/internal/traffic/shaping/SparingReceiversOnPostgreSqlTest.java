package org.tidings.mail.internal.traffic.shaping;

import org.tidings.mail.testing.TestDatabase;

class SparingReceiversOnPostgreSqlTest extends SparingReceiversContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgreSql("mail");
    }
}
