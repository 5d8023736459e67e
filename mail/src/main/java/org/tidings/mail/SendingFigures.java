package org.tidings.mail;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How mail goes, in figures that are kept as it goes: read from small tables, as fast at a million recipients as at ten. Reasons are
 * stable names in capitals, such as {@code MAILBOX_FULL} or {@code BLOCKLISTED}; no figure says anything about a person.
 */
public interface SendingFigures {

    /** What became of a try. */
    enum Outcome {
        HANDED_OVER,
        /** Refused for good. */
        FAILED,
        /** Put off. */
        DEFERRED,
        /** No reply came after the content. */
        DOUBTFUL
    }

    /** Whose matter a refusal or a returned mail is. */
    enum Side {
        /** Nobody is there (BNC-03). */
        ADDRESS,
        /** This site: its set-up, its standing, what it wrote (BNC-05). */
        OURS,
        /** Not this time (BNC-04). */
        PASSING
    }

    /**
     * A lane as it is now.
     *
     * @param waiting letters, or recipients of mailings that are not decided
     * @param oldest since when the oldest of it has waited
     * @param lastHour tries of this clock hour and the one before; every outcome is in it
     */
    record Lane(
            MessageClass lane,
            long waiting,
            Optional<OffsetDateTime> oldest,
            int mailings,
            int paused,
            Map<Outcome, Long> lastHour) {}

    /** Tries of one outcome and reason. */
    record Tries(MessageClass lane, Outcome outcome, Side side, String reason, long n) {}

    /**
     * A day in UTC.
     *
     * @param newsletters issues handed over
     * @param handedOver mails of all classes
     * @param refused refused at once or returned later; every side is in it
     * @param complaints of people who called a mail unwanted
     */
    record Day(LocalDate day, long newsletters, long handedOver, Map<Side, Long> refused, long complaints) {

        /** Complaints in a million newsletters handed over; 0 when there were none. */
        public long complaintsPerMillion() {
            return newsletters == 0 ? 0 : Math.round(complaints * 1_000_000.0 / newsletters);
        }
    }

    /** What was refused or returned for one reason. */
    record Refused(Side side, String reason, long atOnce, long later) {}

    /**
     * Servers refuse us because of how this site is set up.
     *
     * @param said the newest reply
     */
    record Alarm(String reason, OffsetDateTime since, OffsetDateTime last, long n, Diagnostic said) {}

    /**
     * A mailing that stopped by itself and waits for staff (BNC-05).
     *
     * @param reason why servers refused it, or {@link #RESTORED}
     * @param tries of it, of which {@code ours} were refused because of us
     */
    record Stopped(
            MailingId mailing,
            String title,
            MessageClass lane,
            OffsetDateTime at,
            String reason,
            Diagnostic said,
            long tries,
            long ours) {

        /** It stands still because an older database was put back ({@link RestoredDatabase}); nobody refused anything. */
        public static final String RESTORED = "RESTORED";

        public boolean afterRestore() {
            return reason.equals(RESTORED);
        }
    }

    /** A mailing that is over, and people of its audience of whom it is not known what became. */
    record Unaccounted(MailingId mailing, String title, MessageClass lane, long n) {}

    /** A mailing with mails whose fate is unknown. */
    record Doubtful(MailingId mailing, String title, long n) {}

    /** Counted by this process since its start. */
    record Counter(MessageClass lane, String outcome, String reason, long n) {}

    /** In the order of {@link MessageClass}. */
    List<Lane> lanes();

    /** Tries of the last so many hours that did not succeed, the most frequent reason first. */
    List<Tries> unsuccessful(int hours);

    /** The last so many days, the oldest first, days without mail included. */
    List<Day> days(int days);

    /** What was refused for good or returned in the last so many days, the most frequent first. */
    List<Refused> refused(int days);

    List<Alarm> alarms();

    List<Stopped> stopped();

    /** The newest first. Looked for before a mailing finishes, and once for those that finished before there was such a look. */
    List<Unaccounted> unaccounted();

    /** Why this mailing stopped by itself; empty if it did not, or goes on again. */
    default Optional<Stopped> stopped(MailingId mailing) {
        return stopped().stream().filter(one -> one.mailing().equals(mailing)).findFirst();
    }

    /** Of the last so many days, the newest mailing first. */
    List<Doubtful> doubtful(int days);

    /** Takes an alarm off the page; it comes back when there is a new reason. */
    void dismiss(String reason);

    List<Counter> counters();

    /** What was returned ever, by sort and reason: {@code HardBounce}, {@code Complaint} and the like; lane is of no account. */
    List<Counter> returned();
}
