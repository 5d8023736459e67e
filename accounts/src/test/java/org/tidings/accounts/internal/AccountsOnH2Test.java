package org.tidings.accounts.internal;

import org.tidings.mail.testing.TestDatabase;

class AccountsOnH2Test extends AccountsContract {
    AccountsOnH2Test() {
        super(TestDatabase.h2("accounts"));
    }
}
