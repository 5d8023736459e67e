package org.tidings.mail.internal.traffic.shaping;

import org.tidings.mail.testing.TestDatabase;

class ReceivingTrafficOnH2Test extends ReceivingTrafficContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.h2("mail");
    }
}
