package org.tidings.newsletter.internal.webhooks;

import org.tidings.mail.testing.TestDatabase;

class WebhooksOnH2Test extends WebhooksContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2("newsletter");
    }
}
