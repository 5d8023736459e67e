package org.tidings.mail.internal.sending;

import org.tidings.mail.testing.TestDatabase;

class BooksOnPostgreSqlTest extends BooksContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgreSql("mail");
    }
}
