package org.tidings.announcements.internal;

import org.tidings.mail.testing.TestDatabase;

class AnnouncementsOnH2Test extends AnnouncementsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2("announcements");
    }
}
