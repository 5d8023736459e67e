package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class SubscriptionsOnPostgreSqlTest extends SubscriptionsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql("newsletter");
    }
}
