package org.tidings.mail.internal.sending;

import org.tidings.mail.testing.TestDatabase;

class BooksOnH2Test extends BooksContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.h2("mail");
    }
}
