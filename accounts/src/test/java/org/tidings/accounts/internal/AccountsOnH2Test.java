package org.tidings.accounts.internal;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.tidings.mail.testing.TestDatabase;

class AccountsOnH2Test {

    private static final TestDatabase DATABASE = TestDatabase.h2("accounts");

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Nested
    class Registering extends RegisteringContract {
        Registering() {
            super(DATABASE);
        }
    }

    @Nested
    class AskingForMail extends AskingForMailContract {
        AskingForMail() {
            super(DATABASE);
        }
    }

    @Nested
    class SigningIn extends SigningInContract {
        SigningIn() {
            super(DATABASE);
        }
    }

    @Nested
    class ChoosingPasswords extends ChoosingPasswordsContract {
        ChoosingPasswords() {
            super(DATABASE);
        }
    }

    @Nested
    class Correcting extends CorrectingContract {
        Correcting() {
            super(DATABASE);
        }
    }

    @Nested
    class Leaving extends LeavingContract {
        Leaving() {
            super(DATABASE);
        }
    }

    @Nested
    class RestoredAccounts extends RestoredAccountsContract {
        RestoredAccounts() {
            super(DATABASE);
        }
    }

    @Nested
    class Staff extends StaffContract {
        Staff() {
            super(DATABASE);
        }
    }
}
