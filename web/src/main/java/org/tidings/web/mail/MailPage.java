package org.tidings.web.mail;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tidings.mail.MailTraffic;
import org.tidings.mail.MessageClass;
import org.tidings.mail.RestoredDatabase;
import org.tidings.mail.SendingFigures;
import org.tidings.mail.SendingFigures.Day;
import org.tidings.mail.SendingFigures.Side;
import org.tidings.mail.SendingState;
import org.tidings.mail.SigningKeys.SenderDomain;

/**
 * Everything that stands on staff's mail page.
 *
 * @param now when it was gathered
 * @param withoutTransactions kinds of background threads in which transactions do not hold: nothing is sent by this node
 * @param complaints in a million newsletters handed over, over all days shown
 */
public record MailPage(
        OffsetDateTime now,
        SendingState state,
        Set<String> withoutTransactions,
        boolean allStopped,
        List<SenderDomain> domains,
        List<SendingFigures.Alarm> alarms,
        List<SendingFigures.Stopped> stopped,
        List<SendingFigures.Unaccounted> unaccounted,
        Optional<RestoredDatabase.Noticed> restored,
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

    private static final Duration SILENT = Duration.ofMinutes(1);
    /** SND-06: then somebody is told. */
    private static final Duration WAITS_LONG = Duration.ofHours(4);

    /** RCV-04: stay below; in a million. */
    static final long STAY_BELOW = 1_000;
    /** RCV-04: never reach; in a million. */
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

    /** Servers that have not answered for a while; shorter interruptions mend themselves. */
    public List<MailTraffic.Server> silent() {
        return servers.stream()
                .filter(server -> server.downSince()
                        .filter(since -> since.isBefore(now.minus(SILENT)))
                        .isPresent())
                .toList();
    }

    /** Since when the oldest account mail has waited, if that is too long (SND-06). */
    public Optional<OffsetDateTime> waitsSince() {
        return lanes.stream()
                .filter(lane -> lane.lane() == MessageClass.ACCOUNT)
                .flatMap(lane -> lane.oldest().stream())
                .filter(since -> since.isBefore(now.minus(WAITS_LONG)))
                .findFirst();
    }

    /** Whether staff have nothing to do. */
    public boolean isWell() {
        return withoutTransactions.isEmpty()
                && stopped.isEmpty()
                && unaccounted.isEmpty()
                && restored.isEmpty()
                && alarms.isEmpty()
                && !allStopped
                && !complaintsAreHigh()
                && signingIsWell()
                && silent().isEmpty()
                && waitsSince().isEmpty();
    }

    /** Whether it has reached the line to stay below. */
    public boolean complaintsAreHigh() {
        return complaints >= STAY_BELOW;
    }

    /** Keys that sign and whose record cannot be found, and sender domains that nobody signs for. */
    public boolean signingIsWell() {
        return domains.stream()
                .filter(domain -> !domain.classes().isEmpty())
                .allMatch(domain -> domain.signed() && domain.keys().stream().noneMatch(key -> key.alarming()));
    }
}
