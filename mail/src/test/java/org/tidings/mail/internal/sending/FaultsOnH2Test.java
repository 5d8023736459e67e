package org.tidings.mail.internal.sending;

import org.tidings.mail.testing.TestDatabase;

class FaultsOnH2Test extends FaultsContract {

    @Override
    Address emptyDatabase() {
        return new Address(
                "jdbc:h2:file:" + folder.resolve("h2")
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0",
                "sa");
    }

    @Override
    TestDatabase databaseOfThisProcess() {
        return TestDatabase.h2("mail");
    }
}
