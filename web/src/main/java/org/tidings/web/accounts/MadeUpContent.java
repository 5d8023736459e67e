package org.tidings.web.accounts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.tidings.accounts.AccountId;
import org.tidings.announcements.SampleAnnouncements;
import org.tidings.announcements.StaffAnnouncements;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.SampleNewsletters;
import org.tidings.site.Transactional;

/** The sample content of all modules, there or gone together. */
@ApplicationScoped
@Transactional
class MadeUpContent implements SampleContent {

    @Inject
    SampleNewsletters newsletters;

    @Inject
    SampleAnnouncements announcements;

    @Inject
    Newsletters real;

    @Inject
    StaffAnnouncements announced;

    @Override
    public boolean present() {
        return newsletters.present();
    }

    @Override
    public boolean inUse() {
        return !present() && !(real.all().isEmpty() && announced.newest(1).isEmpty());
    }

    @Override
    public void load(AccountId by) {
        if (!inUse()) {
            newsletters.add(by);
            announcements.add();
        }
    }

    @Override
    public void remove(AccountId by) {
        newsletters.remove(by);
        announcements.remove();
    }
}
