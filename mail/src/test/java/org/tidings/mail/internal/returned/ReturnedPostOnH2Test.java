package org.tidings.mail.internal.returned;

import org.junit.jupiter.api.AfterAll;
import org.tidings.mail.testing.TestDatabase;

class ReturnedPostOnH2Test extends ReturnedPostContract {
    private static final TestDatabase DATABASE = TestDatabase.h2("mail");

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Override
    TestDatabase database() {
        return DATABASE;
    }
}
