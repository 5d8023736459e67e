package org.tidings.web.accounts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.tidings.accounts.AccountId;
import org.tidings.announcements.SampleAnnouncements;
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

    @Override
    public boolean present() {
        return newsletters.present();
    }

    @Override
    public void load(AccountId by) {
        newsletters.add(by);
        announcements.add();
    }

    @Override
    public void remove(AccountId by) {
        newsletters.remove(by);
        announcements.remove();
    }
}
