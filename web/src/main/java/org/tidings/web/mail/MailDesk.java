package org.tidings.web.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AuditLog;
import org.tidings.mail.MailTraffic;
import org.tidings.mail.Mailings;
import org.tidings.mail.RestoredDatabase;
import org.tidings.mail.Sending;
import org.tidings.mail.SendingFigures;
import org.tidings.mail.SendingFigures.Day;
import org.tidings.mail.SigningKeys;
import org.tidings.site.Now;
import org.tidings.site.TransactionProofs;
import org.tidings.site.Transactional;

/** Gathers what staff see of mail, and does what they decide. */
@ApplicationScoped
public class MailDesk {

    private static final UUID NO_MAILING = new UUID(0, 0);
    private static final int DAYS = 30;
    private static final int DAYS_OF_DOUBT = 7;
    private static final int HOURS = 24;
    private static final int RECEIVERS = 20;

    @Inject
    Sending sending;

    @Inject
    Mailings mailings;

    @Inject
    SendingFigures figures;

    @Inject
    MailTraffic traffic;

    @Inject
    SigningKeys keys;

    @Inject
    TransactionProofs proofs;

    @Inject
    RestoredDatabase restored;

    @Inject
    AuditLog auditLog;

    @Inject
    Clock clock;

    MailPage now() {
        List<Day> days = figures.days(DAYS);
        return new MailPage(
                Now.by(clock),
                sending.state(),
                proofs.failed(),
                mailings.allStopped(),
                keys.senderDomains(),
                figures.alarms(),
                figures.stopped(),
                figures.unaccounted(),
                restored.noticed(),
                figures.lanes(),
                traffic.servers(),
                traffic.receivers(RECEIVERS),
                figures.unsuccessful(HOURS),
                figures.refused(DAYS),
                figures.doubtful(DAYS_OF_DOUBT),
                days,
                MailPage.complaintsPerMillion(days),
                MailPage.bouncesOf(days),
                MailPage.rateOf(days));
    }

    Optional<SendingFigures.Stopped> stopped(UUID mailing) {
        return figures.stopped().stream()
                .filter(one -> one.mailing().value().equals(mailing))
                .findFirst();
    }

    @Transactional
    void resume(SendingFigures.Stopped stopped, AccountId by) {
        mailings.resume(stopped.mailing());
        auditLog.record(
                by,
                MailAction.RESUME_STOPPED_MAILING,
                "mailing",
                stopped.mailing().value(),
                stopped.reason());
    }

    /** @return how many mailings go on */
    @Transactional
    int goOnAfterRestore(AccountId by) {
        int mailings = restored.goOn();
        auditLog.record(by, MailAction.GO_ON_AFTER_RESTORE, "mailing", NO_MAILING, Integer.toString(mailings));
        return mailings;
    }

    Optional<SendingFigures.Unaccounted> unaccounted(UUID mailing) {
        return figures.unaccounted().stream()
                .filter(one -> one.mailing().value().equals(mailing))
                .findFirst();
    }

    /** @return how many it goes to */
    @Transactional
    long sendToUnaccounted(SendingFigures.Unaccounted unaccounted, AccountId by) {
        long n = mailings.sendToUnaccounted(unaccounted.mailing());
        auditLog.record(
                by,
                MailAction.SEND_TO_UNACCOUNTED,
                "mailing",
                unaccounted.mailing().value(),
                Long.toString(n));
        return n;
    }

    /** @return of how many it is on record now that they did not get it */
    @Transactional
    long writeOff(SendingFigures.Unaccounted unaccounted, AccountId by) {
        long n = mailings.writeOffUnaccounted(unaccounted.mailing());
        auditLog.record(
                by,
                MailAction.WRITE_OFF_UNACCOUNTED,
                "mailing",
                unaccounted.mailing().value(),
                Long.toString(n));
        return n;
    }

    @Transactional
    void dismiss(String reason, AccountId by) {
        figures.dismiss(reason);
        auditLog.record(by, MailAction.DISMISS_MAIL_ALARM, "mailing", NO_MAILING, reason);
    }

    /** @return false if there is no such receiver on the page, or nothing to end */
    @Transactional
    boolean lift(String receiver, AccountId by) {
        boolean restrained = traffic.receivers(RECEIVERS).stream()
                .anyMatch(one -> one.name().equals(receiver) && one.restraint().isPresent());
        if (restrained) {
            traffic.lift(receiver);
            auditLog.record(by, MailAction.LIFT_RECEIVER_LIMIT, "receiver", NO_MAILING, receiver);
        }
        return restrained;
    }
}
