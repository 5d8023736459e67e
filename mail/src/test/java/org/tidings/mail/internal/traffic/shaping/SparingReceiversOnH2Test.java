package org.tidings.mail.internal.traffic.shaping;

import org.tidings.mail.testing.TestDatabase;

class SparingReceiversOnH2Test extends SparingReceiversContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.h2("mail");
    }
}
