package org.tidings.mail.internal.sending;

import org.tidings.mail.testing.TestDatabase;

class TrafficOnH2Test extends TrafficContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.h2("mail");
    }
}
