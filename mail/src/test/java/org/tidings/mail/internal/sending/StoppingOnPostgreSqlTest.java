package org.tidings.mail.internal.sending;

import org.tidings.mail.testing.TestDatabase;

class StoppingOnPostgreSqlTest extends StoppingContract {

    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgreSql("mail");
    }
}
