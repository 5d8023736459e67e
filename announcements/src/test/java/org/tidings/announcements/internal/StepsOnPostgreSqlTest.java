package org.tidings.announcements.internal;

import org.tidings.mail.testing.TestDatabase;

class StepsOnPostgreSqlTest extends StepsContract {
    @Override
    TestDatabase empty() {
        return TestDatabase.postgreSql();
    }
}
