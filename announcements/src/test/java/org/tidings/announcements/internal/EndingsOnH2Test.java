package org.tidings.announcements.internal;

import org.tidings.mail.testing.TestDatabase;

class EndingsOnH2Test extends EndingsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2("announcements");
    }
}
