package org.tidings.mail.internal.sending;

import org.tidings.mail.testing.TestDatabase;

class SendingOnH2Test extends SendingContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.h2("mail");
    }
}
