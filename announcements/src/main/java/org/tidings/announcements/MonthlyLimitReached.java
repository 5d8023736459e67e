package org.tidings.announcements;

/** More announcements in a month than the site allows itself need a reason. */
public final class MonthlyLimitReached extends RuntimeException {
    public MonthlyLimitReached() {
        super("monthly limit reached");
    }
}
