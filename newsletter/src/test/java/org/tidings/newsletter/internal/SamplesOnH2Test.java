package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class SamplesOnH2Test extends SamplesContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2("newsletter");
    }
}
