package org.tidings.mail.internal.generations;

import org.tidings.mail.testing.TestDatabase;

class GenerationsOnPostgreSqlTest extends GenerationsContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgreSql("mail");
    }
}
