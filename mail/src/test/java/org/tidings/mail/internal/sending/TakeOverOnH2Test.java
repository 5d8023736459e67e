package org.tidings.mail.internal.sending;

import org.tidings.mail.testing.TestDatabase;

class TakeOverOnH2Test extends TakeOverContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.h2("mail");
    }
}
