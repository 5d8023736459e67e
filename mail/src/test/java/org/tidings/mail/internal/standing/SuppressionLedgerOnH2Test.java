package org.tidings.mail.internal.standing;

import org.tidings.mail.testing.TestDatabase;

class SuppressionLedgerOnH2Test extends SuppressionLedgerContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.h2("mail");
    }
}
