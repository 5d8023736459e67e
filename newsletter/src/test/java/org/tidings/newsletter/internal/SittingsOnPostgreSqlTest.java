package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class SittingsOnPostgreSqlTest extends SittingsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql("newsletter");
    }
}
