package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class OwnWordsOnH2Test extends OwnWordsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2("newsletter");
    }
}
