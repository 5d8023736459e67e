package org.tidings.web.samples;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AuditLog;
import org.tidings.announcements.SampleAnnouncements;
import org.tidings.newsletter.SampleNewsletters;
import org.tidings.web.accounts.SampleContent;

/** Newsletters with issues and readers, and an announcement: all of it or none. */
@ApplicationScoped
class Samples implements SampleContent {

    @Inject
    SampleNewsletters newsletters;

    @Inject
    SampleAnnouncements announcements;

    @Inject
    AuditLog auditLog;

    @Override
    @Transactional
    public boolean present() {
        return newsletters.present();
    }

    @Override
    @Transactional
    public void load(AccountId by) {
        newsletters.add(by);
        announcements.add();
        auditLog.record(by, "add-sample-content", "site", by.value(), "");
    }

    @Override
    @Transactional
    public void remove(AccountId by) {
        newsletters.remove(by);
        announcements.remove();
        auditLog.record(by, "remove-sample-content", "site", by.value(), "");
    }
}
