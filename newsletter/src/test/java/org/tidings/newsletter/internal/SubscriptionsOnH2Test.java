package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class SubscriptionsOnH2Test extends SubscriptionsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2("newsletter");
    }
}
