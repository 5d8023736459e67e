package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class SegmentsOnPostgreSqlTest extends SegmentsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql("newsletter");
    }
}
