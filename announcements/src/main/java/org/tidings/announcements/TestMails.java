package org.tidings.announcements;

import java.util.Locale;
import org.tidings.accounts.AccountId;

/** An announcement's mail, to look at in one's own mailbox. */
public interface TestMails {

    /** Sends the mail to the announcer alone. @throws AnnouncementRefused if gone */
    void sendTest(AccountId announcer, AnnouncementId announcement, Locale language);
}
