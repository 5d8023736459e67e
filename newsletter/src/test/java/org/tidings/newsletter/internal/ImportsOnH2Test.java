package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class ImportsOnH2Test extends ImportsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2("newsletter");
    }
}
