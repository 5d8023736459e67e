package org.tidings.mail.internal.generations;

import org.tidings.mail.testing.TestDatabase;

class GenerationsOnH2Test extends GenerationsContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.h2("mail");
    }
}
