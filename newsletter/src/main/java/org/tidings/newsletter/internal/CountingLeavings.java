package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.tidings.newsletter.LeavingReason;
import org.tidings.newsletter.Leavings;
import org.tidings.newsletter.NewsletterId;
import org.tidings.site.Sql;
import org.tidings.site.Transactional;

/** One number for each month and reason; who said it is not kept. */
@ApplicationScoped
@Transactional
class CountingLeavings implements Leavings {

    private static final int MONTHS = 24;

    private final Sql sql;

    @SuppressWarnings("NullAway") // for the container's proxy
    CountingLeavings() {
        this((DataSource) null);
    }

    @Inject
    CountingLeavings(@NewsletterDb DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    /** Counts once for each time that she left. */
    void count(UUID subscription, UUID newsletter, LeavingReason reason, OffsetDateTime at) {
        int first = sql.update(
                "update newsletter.subscription set said_why = true"
                        + " where id = ? and state = 'UNSUBSCRIBED' and said_why = false",
                subscription);
        if (first == 1) {
            String month =
                    YearMonth.from(at.withOffsetSameInstant(ZoneOffset.UTC)).toString();
            sql.update(
                    "insert into newsletter.leaving_reason (newsletter, in_month, reason, people) values (?, ?, ?, 0)"
                            + " on conflict do nothing",
                    newsletter,
                    month,
                    reason.name());
            sql.update(
                    "update newsletter.leaving_reason set people = people + 1"
                            + " where newsletter = ? and in_month = ? and reason = ?",
                    newsletter,
                    month,
                    reason.name());
        }
    }

    private record Row(YearMonth month, LeavingReason reason, long people) {}

    @Override
    public List<Month> of(NewsletterId newsletter) {
        Map<YearMonth, Map<LeavingReason, Long>> months = new TreeMap<>(Comparator.reverseOrder());
        for (Row row : sql.list(
                "select in_month, reason, people from newsletter.leaving_reason where newsletter = ?",
                row -> new Row(
                        YearMonth.parse(row.getString(1)), LeavingReason.valueOf(row.getString(2)), row.getLong(3)),
                newsletter.value())) {
            months.computeIfAbsent(row.month(), m -> new EnumMap<>(LeavingReason.class))
                    .put(row.reason(), row.people());
        }
        List<Month> told = new ArrayList<>();
        months.forEach((month, people) -> {
            long all = people.values().stream().mapToLong(Long::longValue).sum();
            told.add(new Month(month, all < FEWEST ? Map.of() : people));
        });
        return told.subList(0, Math.min(told.size(), MONTHS));
    }
}
