package org.tidings.announcements.internal;

import org.tidings.mail.testing.TestDatabase;

class AnnouncementsOnPostgreSqlTest extends AnnouncementsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgreSql("announcements");
    }
}
