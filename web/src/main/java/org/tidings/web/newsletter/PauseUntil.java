package org.tidings.web.newsletter;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.tidings.web.pages.Form;

/** A day from a form's {@code date} field, on which a newsletter comes again; it begins in the site's time zone. */
final class PauseUntil {

    static final String FIELD = "until";

    private static final int LONGEST_DAYS = 365;

    private PauseUntil() {}

    /** Empty, and the form says why, for what is no day of the year ahead. */
    static Optional<OffsetDateTime> read(Form form, OffsetDateTime now, ZoneId zone) {
        Optional<OffsetDateTime> until = day(form.trimmed(FIELD))
                .map(day -> day.atStartOfDay(zone).toOffsetDateTime().withOffsetSameInstant(ZoneOffset.UTC))
                .filter(at -> at.isAfter(now) && !at.isAfter(now.plusDays(LONGEST_DAYS)));
        if (until.isEmpty()) {
            form.reject(FIELD, "newsletters.pause.wrong");
        }
        return until;
    }

    private static Optional<LocalDate> day(String typed) {
        try {
            return Optional.of(LocalDate.parse(typed));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
