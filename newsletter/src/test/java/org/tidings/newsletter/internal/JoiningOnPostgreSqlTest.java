package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class JoiningOnPostgreSqlTest extends JoiningContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql("newsletter");
    }
}
