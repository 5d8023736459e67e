package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class SamplesOnPostgreSqlTest extends SamplesContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql("newsletter");
    }
}
