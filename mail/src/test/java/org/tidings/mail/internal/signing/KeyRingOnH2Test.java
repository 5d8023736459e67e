package org.tidings.mail.internal.signing;

import org.tidings.mail.testing.TestDatabase;

class KeyRingOnH2Test extends KeyRingContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.h2("mail");
    }
}
