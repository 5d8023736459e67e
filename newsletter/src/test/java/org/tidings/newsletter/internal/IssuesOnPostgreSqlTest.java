package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class IssuesOnPostgreSqlTest extends IssuesContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql("newsletter");
    }
}
