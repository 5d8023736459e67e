package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class OptOutLedgerOnH2Test extends OptOutLedgerContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.h2("newsletter");
    }
}
