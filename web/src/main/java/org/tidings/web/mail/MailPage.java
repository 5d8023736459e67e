package org.tidings.web.mail;

import java.util.List;
import org.tidings.mail.MailTraffic;
import org.tidings.mail.SendingFigures;
import org.tidings.mail.SendingFigures.Day;
import org.tidings.mail.SendingFigures.Side;
import org.tidings.mail.SendingState;
import org.tidings.mail.SigningKeys.SenderDomain;

/**
 * Everything that stands on staff's mail page.
 *
 * @param complaints in a million newsletters handed over, over all days shown
 */
public record MailPage(
        SendingState state,
        boolean allStopped,
        List<SenderDomain> domains,
        List<SendingFigures.Alarm> alarms,
        List<SendingFigures.Stopped> stopped,
        List<SendingFigures.Lane> lanes,
        List<MailTraffic.Server> servers,
        List<MailTraffic.Receiver> receivers,
        List<SendingFigures.Tries> tries,
        List<SendingFigures.Refused> refused,
        List<SendingFigures.Doubtful> doubtful,
        List<Day> days,
        long complaints,
        Bars bounces,
        Bars rate) {

    /** R04: stay below; in a million. */
    static final long STAY_BELOW = 1_000;
    /** R04: never reach; in a million. */
    static final long NEVER_REACH = 3_000;

    static Bars bouncesOf(List<Day> days) {
        return Bars.of(
                days,
                List.of(
                        new Bars.Series("address", day -> day.refused().getOrDefault(Side.ADDRESS, 0L)),
                        new Bars.Series("passing", day -> day.refused().getOrDefault(Side.PASSING, 0L)),
                        new Bars.Series("ours", day -> day.refused().getOrDefault(Side.OURS, 0L))),
                List.of());
    }

    static Bars rateOf(List<Day> days) {
        return Bars.of(
                days,
                List.of(new Bars.Series("ours", Day::complaintsPerMillion)),
                List.of(new Bars.Limit(STAY_BELOW), new Bars.Limit(NEVER_REACH)));
    }

    static long complaintsPerMillion(List<Day> days) {
        long newsletters = days.stream().mapToLong(Day::newsletters).sum();
        long complaints = days.stream().mapToLong(Day::complaints).sum();
        return newsletters == 0 ? 0 : Math.round(complaints * 1_000_000.0 / newsletters);
    }

    /** Whether the complaint rate is above the line that must not be reached, or the one to stay below. */
    public String complaintTone() {
        return complaints >= NEVER_REACH ? "danger" : complaints >= STAY_BELOW ? "warning" : "done";
    }

    /** Keys that sign and whose record cannot be found, and sender domains that nobody signs for. */
    public boolean signingIsWell() {
        return domains.stream()
                .filter(domain -> !domain.classes().isEmpty())
                .allMatch(domain -> domain.signed() && domain.keys().stream().noneMatch(key -> key.alarming()));
    }
}
