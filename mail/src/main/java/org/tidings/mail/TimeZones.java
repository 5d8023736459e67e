package org.tidings.mail;

import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Optional;

/** The time zones in which a person can live: names of the IANA time zone database, {@code Europe/Berlin}. */
public final class TimeZones {

    /** Characters in which a zone is stored; the longest name has 32. */
    public static final int LONGEST = 50;

    private TimeZones() {}

    /**
     * The zone of that name; empty if this Java knows none, so also for the empty text, which stands for "not said". An offset
     * ({@code +02:00}) is no place where somebody lives: it knows no summer time.
     */
    public static Optional<ZoneId> known(String name) {
        boolean known = !name.isEmpty()
                && name.length() <= LONGEST
                && !name.startsWith("SystemV/")
                && ZoneRulesProvider.getAvailableZoneIds().contains(name);
        return known ? Optional.of(ZoneId.of(name)) : Optional.empty();
    }

    /** How it is stored. */
    public static String nameOf(Optional<ZoneId> zone) {
        return zone.map(ZoneId::getId).orElse("");
    }
}
