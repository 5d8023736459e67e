package org.tidings.web.start;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * How the one data source of all modules is doing since the start.
 */
@ApplicationScoped
public class Database {

    private volatile boolean migrated;
    private volatile Optional<String> trouble = Optional.empty();

    /** The schema of every module is current: pages and background work may use the database. */
    public boolean isMigrated() {
        return migrated;
    }

    /** Why not, in the operator's words; never shown to visitors. */
    public Optional<String> trouble() {
        return trouble;
    }

    void becameCurrent() {
        migrated = true;
        trouble = Optional.empty();
    }

    /** Not ready any more until this process ends. */
    void failedForGood(String why) {
        migrated = false;
        failed(why);
    }

    void failed(String why) {
        trouble = Optional.of(why);
    }
}
