package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class IssuesOnH2Test extends IssuesContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2("newsletter");
    }
}
