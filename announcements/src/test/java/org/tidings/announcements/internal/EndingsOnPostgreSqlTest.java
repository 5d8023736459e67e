package org.tidings.announcements.internal;

import org.tidings.mail.testing.TestDatabase;

class EndingsOnPostgreSqlTest extends EndingsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgreSql("announcements");
    }
}
