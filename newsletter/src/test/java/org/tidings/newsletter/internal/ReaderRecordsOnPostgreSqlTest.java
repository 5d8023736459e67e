package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class ReaderRecordsOnPostgreSqlTest extends ReaderRecordsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql("newsletter");
    }
}
