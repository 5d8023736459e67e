package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class ReaderRecordsOnH2Test extends ReaderRecordsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2("newsletter");
    }
}
