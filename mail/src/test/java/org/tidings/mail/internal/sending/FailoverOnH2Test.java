package org.tidings.mail.internal.sending;

import org.tidings.mail.testing.TestDatabase;

class FailoverOnH2Test extends FailoverContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.h2("mail");
    }
}
