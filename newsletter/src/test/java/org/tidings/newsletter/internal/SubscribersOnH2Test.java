package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class SubscribersOnH2Test extends SubscribersContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2("newsletter");
    }
}
