package org.tidings.announcements;

import org.tidings.accounts.AccountId;
import org.tidings.announcements.AnnouncementRefused.NotInThisState;

/** What is done with an announcement's mail once it is on its way. */
public interface FollowUps {

    /**
     * Within the undo window: nobody has been written to, it is a draft again. Later: who has not been written to will not
     * be, and it stays public.
     */
    AnnouncementView stop(AccountId by, AnnouncementId announcement);

    /** Lets it go on that stopped by itself. @throws NotInThisState if it was never sent */
    AnnouncementView resume(AccountId by, AnnouncementId announcement);

    /**
     * Sends exactly what was approved to everybody whom it has not reached: for whom it failed, whose time was over, and whom a
     * stopped sending had not come to.
     *
     * @throws NotInThisState if it was never sent, or it is over and this is not the notice that says so
     */
    AnnouncementView resendToRest(AccountId by, AnnouncementId announcement);
}
