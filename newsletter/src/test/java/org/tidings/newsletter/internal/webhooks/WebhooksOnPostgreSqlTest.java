package org.tidings.newsletter.internal.webhooks;

import org.tidings.mail.testing.TestDatabase;

class WebhooksOnPostgreSqlTest extends WebhooksContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql("newsletter");
    }
}
