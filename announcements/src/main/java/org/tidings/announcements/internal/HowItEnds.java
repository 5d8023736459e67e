package org.tidings.announcements.internal;

import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementRefused.ContentRejected;
import org.tidings.announcements.AnnouncementRefused.ContentRejected.Flaw;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.Ending;
import org.tidings.announcements.Outcome;
import org.tidings.announcements.Window;

/** Which endings what holds now can have, and when they can have been. */
record HowItEnds(AnnouncementContent content, OffsetDateTime now) {

    List<Outcome> outcomes() {
        List<Outcome> outcomes = new ArrayList<>();
        AnnouncementType type = content.type();
        boolean ahead = content.window().map(Window::start).map(now::isBefore).orElse(false);
        // Work may be broken off when it has begun; what has happened cannot be called off.
        if (type.cancellable() && (ahead || type == AnnouncementType.MAINTENANCE)) {
            outcomes.add(Outcome.CANCELLED);
        }
        if (type.closable() && !ahead) {
            outcomes.add(Outcome.COMPLETED);
        }
        return outcomes;
    }

    boolean mayTakeLonger() {
        return content.type().work() && content.window().isPresent();
    }

    /** @throws ContentRejected if it cannot end so */
    void requirePossible(Ending ending) {
        boolean possible = ending.outcome().map(outcomes()::contains).orElse(mayTakeLonger());
        if (!possible) {
            throw new ContentRejected("outcome", Flaw.NOT_ALLOWED);
        }
    }

    /** When it was over, or will be; empty where there is no window, or nothing took place. */
    Optional<OffsetDateTime> time(Ending ending) {
        if (content.window().isEmpty() || ending.outcome().equals(Optional.of(Outcome.CANCELLED))) {
            return Optional.empty();
        }
        Window window = content.window().get();
        return Optional.of(ending.outcome().isEmpty() ? until(ending, window) : finished(ending, window));
    }

    private OffsetDateTime until(Ending ending, Window window) {
        OffsetDateTime until = ending.at().orElseThrow(() -> new ContentRejected("at", Flaw.MISSING));
        boolean later =
                until.isAfter(second()) && window.end().map(until::isAfter).orElse(true);
        if (!later) {
            throw new ContentRejected("at", Flaw.TOO_EARLY);
        }
        return until;
    }

    private OffsetDateTime finished(Ending ending, Window window) {
        OffsetDateTime minute = now.truncatedTo(ChronoUnit.MINUTES);
        OffsetDateTime finished = ending.at().orElse(minute.isAfter(window.start()) ? minute : second());
        if (finished.isAfter(second())) {
            throw new ContentRejected("at", Flaw.NOT_YET);
        }
        if (!finished.isAfter(window.start())) {
            throw new ContentRejected("at", Flaw.END_BEFORE_START);
        }
        return finished;
    }

    private OffsetDateTime second() {
        return now.truncatedTo(ChronoUnit.SECONDS);
    }
}
