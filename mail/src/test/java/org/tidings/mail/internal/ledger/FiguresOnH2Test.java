package org.tidings.mail.internal.ledger;

import org.tidings.mail.testing.TestDatabase;

class FiguresOnH2Test extends FiguresContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.h2("mail");
    }
}
