package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.tidings.site.DatabaseReady;
import org.tidings.site.Jobs;

/** Does what comes due: asks how something ended, deletes what was thrown away a week ago. Harmless on several nodes at once. */
@ApplicationScoped
class Background {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

    @Inject
    Jobs jobs;

    @Inject
    Reminders reminders;

    void begin(@Observes DatabaseReady ready) {
        jobs.every("remind-announcers", LOOK_EVERY, LOOK_EVERY, reminders::remind);
        jobs.every("forget-announcements", LOOK_EVERY, LOOK_EVERY, reminders::forgetDiscarded);
    }
}
