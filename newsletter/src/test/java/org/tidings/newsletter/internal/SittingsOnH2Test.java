package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class SittingsOnH2Test extends SittingsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2("newsletter");
    }
}
