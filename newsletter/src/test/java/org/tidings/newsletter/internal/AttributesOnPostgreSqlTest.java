package org.tidings.newsletter.internal;

import org.tidings.mail.testing.TestDatabase;

class AttributesOnPostgreSqlTest extends AttributesContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql("newsletter");
    }
}
