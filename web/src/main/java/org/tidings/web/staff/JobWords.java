package org.tidings.web.staff;

import java.time.Duration;
import org.tidings.site.Jobs.Job;
import org.tidings.web.pages.PageContext;

/** A job in the reader's language. */
public final class JobWords {

    private JobWords() {}

    /** {@code every 5 seconds}. */
    public static String every(PageContext page, Job job) {
        long seconds = job.pause().toSeconds();
        if (seconds == 0) {
            return page.t("staff.jobs.always");
        }
        if (seconds < 60) {
            return page.t("staff.jobs.seconds", seconds);
        }
        return seconds < 3_600
                ? page.t("staff.jobs.minutes", seconds / 60)
                : page.t("staff.jobs.hours", seconds / 3_600);
    }

    /** {@code 0.012 s}, or nothing before the first run. */
    public static String took(PageContext page, Job job) {
        return job.took()
                .map(Duration::toMillis)
                .map(millis -> page.t("staff.jobs.took-seconds", millis / 1_000.0))
                .orElse("");
    }
}
