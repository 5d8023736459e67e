package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class SubscribersOnPostgreSqlTest extends SubscribersContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql("newsletter");
    }
}
