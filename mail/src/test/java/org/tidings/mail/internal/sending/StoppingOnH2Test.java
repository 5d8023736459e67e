package org.tidings.mail.internal.sending;

import org.tidings.mail.testing.TestDatabase;

class StoppingOnH2Test extends StoppingContract {

    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.h2("mail");
    }
}
