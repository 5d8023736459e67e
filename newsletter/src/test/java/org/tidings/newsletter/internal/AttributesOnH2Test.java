package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class AttributesOnH2Test extends AttributesContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2("newsletter");
    }
}
