package org.tidings.web.newsletter;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.tidings.accounts.AccountRecords;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.AuditLog;
import org.tidings.mail.EmailAddress;
import org.tidings.newsletter.ImportView;
import org.tidings.newsletter.IssueView;
import org.tidings.newsletter.NewsletterAction;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.ReaderView;
import org.tidings.newsletter.SubscriberView;
import org.tidings.site.Transactional;
import org.tidings.web.access.Visitor;

/** Whoever sees who reads what leaves a trace, on a page as by a program: how many, of which list, never whom (SEC-51). */
@ApplicationScoped
public class LooksOnRecord {

    @Inject
    Visitor visitor;

    @Inject
    AuditLog auditLog;

    @Inject
    Accounts accounts;

    @Inject
    AccountRecords records;

    void subscribers(NewsletterId newsletter, int seen) {
        auditLog.record(
                visitor.account(),
                NewsletterAction.READ_SUBSCRIBERS,
                "newsletter",
                newsletter.value(),
                Integer.toString(seen));
    }

    /** Whoever has an account sees it too. */
    @Transactional
    void subscriber(SubscriberView subscriber) {
        auditLog.record(
                visitor.account(), NewsletterAction.OPEN_SUBSCRIBER, "subscription", subscriber.subscription(), "");
        if (subscriber.hasAccount()) {
            accounts.findByAddress(EmailAddress.parse(subscriber.address()))
                    .ifPresent(account -> records.subscriptionsOpened(account.id()));
        }
    }

    /** Her whole record. */
    @Transactional
    void reader(ReaderView reader) {
        auditLog.record(
                visitor.account(),
                NewsletterAction.OPEN_SUBSCRIBER,
                "subscriber",
                reader.id().value(),
                "");
        reader.account().ifPresent(records::subscriptionsOpened);
    }

    /** What a program changed of her. */
    void corrected(ReaderView reader, String reason) {
        auditLog.record(
                visitor.account(),
                NewsletterAction.CORRECT_READER,
                "subscriber",
                reader.id().value(),
                reason);
    }

    void deliveries(IssueView issue, int seen) {
        auditLog.record(
                visitor.account(),
                NewsletterAction.READ_ISSUE_DELIVERIES,
                "issue",
                issue.id().value(),
                Integer.toString(seen));
    }

    /** What stands in them is as it was sent. */
    @Transactional
    void wrongRowsTaken(ImportView view) {
        auditLog.record(
                visitor.account(),
                NewsletterAction.EXPORT_WRONG_ROWS,
                "newsletter",
                view.newsletter().value(),
                "");
    }

    void deliveriesTaken(IssueView issue) {
        auditLog.record(
                visitor.account(),
                NewsletterAction.EXPORT_ISSUE_DELIVERIES,
                "issue",
                issue.id().value(),
                "");
    }
}
