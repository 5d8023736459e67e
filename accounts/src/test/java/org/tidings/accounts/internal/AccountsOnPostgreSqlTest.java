package org.tidings.accounts.internal;

import org.tidings.mail.testing.TestDatabase;

class AccountsOnPostgreSqlTest extends AccountsContract {
    AccountsOnPostgreSqlTest() {
        super(TestDatabase.postgreSql("accounts"));
    }
}
