package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class SegmentsOnH2Test extends SegmentsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2("newsletter");
    }
}
