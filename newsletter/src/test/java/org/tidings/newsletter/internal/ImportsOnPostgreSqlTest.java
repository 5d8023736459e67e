package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class ImportsOnPostgreSqlTest extends ImportsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql("newsletter");
    }
}
