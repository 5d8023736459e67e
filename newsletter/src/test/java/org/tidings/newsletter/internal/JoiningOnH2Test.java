package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class JoiningOnH2Test extends JoiningContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2("newsletter");
    }
}
