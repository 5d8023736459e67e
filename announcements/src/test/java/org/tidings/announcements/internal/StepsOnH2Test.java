package org.tidings.announcements.internal;

import org.tidings.mail.testing.TestDatabase;

class StepsOnH2Test extends StepsContract {
    @Override
    TestDatabase empty() {
        return TestDatabase.h2();
    }
}
