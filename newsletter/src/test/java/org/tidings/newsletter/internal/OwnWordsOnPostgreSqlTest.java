package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class OwnWordsOnPostgreSqlTest extends OwnWordsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql("newsletter");
    }
}
