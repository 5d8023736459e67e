package org.tidings.web.newsletter;

import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.MailingLimits;
import org.tidings.mail.SendingHours;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.PageContext;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.Problem.Violation;
import org.tidings.web.problems.ProblemType;

/** A mailing's own pace and hours as forms and programs give them. */
public final class Limits {

    private static final List<Integer> HOURS = List.of(1, 2, 4, 6, 12, 24, 48);

    private Limits() {}

    /** When a mailing goes on in a zone, if its hours are over there or have not begun. */
    static Optional<OffsetDateTime> opens(MailingLimits limits, OffsetDateTime now, ZoneId zone) {
        return limits.hours().map(hours -> hours.next(now, zone)).filter(next -> next.isAfter(now));
    }

    /**
     * How the JSON API says it; everything may be left out.
     *
     * @param spreadMinutes evenly over so long, 0 to 2,880
     * @param perSecond 0 to 10,000; 0 for no limit
     * @param from hours and minutes, 09:00; only together with {@code until}
     * @param until later on the same day
     */
    public record LimitsJson(
            @Nullable Integer spreadMinutes,
            @Nullable Integer perSecond,
            @Nullable String from,
            @Nullable String until) {

        static LimitsJson of(MailingLimits limits) {
            return new LimitsJson(
                    (int) limits.spread().toMinutes(),
                    limits.perSecond(),
                    limits.hours().map(hours -> hours.from().toString()).orElse(null),
                    limits.hours().map(hours -> hours.until().toString()).orElse(null));
        }
    }

    /** @throws Problem naming what is wrong */
    static MailingLimits read(@Nullable LimitsJson sent) {
        if (sent == null) {
            return MailingLimits.NONE;
        }
        List<Violation> wrong = new ArrayList<>();
        Duration spread = Duration.ofMinutes(sent.spreadMinutes() == null ? 0 : sent.spreadMinutes());
        int perSecond = sent.perSecond() == null ? 0 : sent.perSecond();
        if (spread.isNegative() || spread.compareTo(MailingLimits.LONGEST_SPREAD) > 0) {
            wrong.add(new Violation("/limits/spreadMinutes", "out-of-range"));
        }
        if (perSecond < 0 || perSecond > MailingLimits.MOST_PER_SECOND) {
            wrong.add(new Violation("/limits/perSecond", "out-of-range"));
        }
        String from = sent.from() == null ? "" : sent.from();
        String until = sent.until() == null ? "" : sent.until();
        Optional<SendingHours> hours = hours(from, until);
        if (hours.isEmpty() && !(from.isEmpty() && until.isEmpty())) {
            wrong.add(new Violation("/limits/from", "not-two-times-of-a-day"));
        }
        if (!wrong.isEmpty()) {
            throw new Problem(ProblemType.INVALID, wrong);
        }
        return new MailingLimits(spread, perSecond, hours);
    }

    /** Rejects what makes no sense, field by field. */
    static MailingLimits read(Form form) {
        int spread = number(form, "spread", (int) MailingLimits.LONGEST_SPREAD.toHours());
        int perSecond = number(form, "per-second", MailingLimits.MOST_PER_SECOND);
        String from = form.trimmed("from");
        String until = form.trimmed("until");
        Optional<SendingHours> hours = hours(from, until);
        if (hours.isEmpty() && !(from.isEmpty() && until.isEmpty())) {
            form.reject("until", "issues.send.hours.wrong");
        }
        return form.valid() ? new MailingLimits(Duration.ofHours(spread), perSecond, hours) : MailingLimits.NONE;
    }

    private static int number(Form form, String name, int most) {
        String typed = form.trimmed(name);
        if (typed.isEmpty()) {
            return 0;
        }
        boolean number = typed.matches("[0-9]{1,6}") && Integer.parseInt(typed) <= most;
        if (!number) {
            form.reject(name, "issues.send.number.wrong", most);
            return 0;
        }
        return Integer.parseInt(typed);
    }

    private static Optional<SendingHours> hours(String from, String until) {
        try {
            LocalTime opens = LocalTime.parse(from).withSecond(0).withNano(0);
            LocalTime closes = LocalTime.parse(until).withSecond(0).withNano(0);
            return opens.isBefore(closes) ? Optional.of(new SendingHours(opens, closes)) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The choices of the page, by value. */
    public static Map<String, String> spreads(PageContext page) {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put("0", page.t("issues.send.spread.none"));
        HOURS.forEach(hours -> choices.put(hours.toString(), page.t("issues.send.spread.hours", hours)));
        return choices;
    }

    /** What holds, one line each; empty without limits. */
    public static List<String> lines(PageContext page, MailingLimits limits) {
        List<String> lines = new ArrayList<>();
        if (!limits.spread().isZero()) {
            long minutes = limits.spread().toMinutes();
            lines.add(
                    minutes % 60 == 0
                            ? page.t("issues.send.spread.hours", minutes / 60)
                            : page.t("issues.send.spread.minutes", minutes));
        }
        if (limits.perSecond() > 0) {
            lines.add(page.t("issues.sending.limit.per-second", limits.perSecond()));
        }
        limits.hours()
                .ifPresent(hours -> lines.add(page.t(
                        "issues.sending.limit.hours",
                        hours.from().toString(),
                        hours.until().toString())));
        return lines;
    }
}
