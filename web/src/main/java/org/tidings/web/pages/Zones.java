package org.tidings.web.pages;

import com.ibm.icu.text.Collator;
import com.ibm.icu.text.TimeZoneNames;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.TimeZone.SystemTimeZoneType;
import com.ibm.icu.util.ULocale;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.tidings.mail.TimeZones;

/** Time zones as people know them: by a town and its country, "Kalkutta, Indien", in the language of the page. */
public final class Zones {

    private static final String FIELD = "zone";
    private static final Map<Locale, Map<String, String>> TOWNS = new ConcurrentHashMap<>();

    private Zones() {}

    /** Name and town of every zone, in the order of the towns; one zone for each place, without former names. */
    private static Map<String, String> towns(Locale language) {
        return TOWNS.computeIfAbsent(language, Zones::read);
    }

    private record Town(String zone, String words) {}

    private static Map<String, String> read(Locale language) {
        List<Town> towns = new ArrayList<>();
        for (String id : TimeZone.getAvailableIDs(SystemTimeZoneType.CANONICAL_LOCATION, null, null)) {
            String zone = TimeZone.getIanaID(id);
            if (TimeZones.known(zone).isPresent()) {
                towns.add(new Town(zone, words(id, language)));
            }
        }
        Collator order = Collator.getInstance(language);
        towns.sort(Comparator.comparing(Town::words, order));
        Map<String, String> byZone = new LinkedHashMap<>();
        towns.forEach(town -> byZone.put(town.zone(), town.words()));
        return byZone;
    }

    private static String words(String id, Locale language) {
        ULocale spoken = ULocale.forLocale(language);
        String town = TimeZoneNames.getInstance(spoken).getExemplarLocationName(id);
        String country = new Locale("", TimeZone.getRegion(id)).getDisplayCountry(language);
        return (town == null ? id : town) + ", " + country;
    }

    /** The name under which a list has the zone, if it has it: browsers and imports know former names too. */
    private static String listed(ZoneId zone) {
        String today = TimeZone.getIanaID(zone.getId());
        return today == null ? zone.getId() : today;
    }

    /** The zone in words, "Tokio, Japan"; its name where no town stands for it. */
    public static String words(PageContext page, ZoneId zone) {
        return towns(page.locale()).getOrDefault(listed(zone), zone.getId().replace("Etc/UTC", "UTC"));
    }

    /** All zones, after a choice for not saying it. */
    public static Map<String, String> choices(PageContext page, String chosen) {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put("", page.t("site.zone.none", words(page, page.zone())));
        return withTowns(page, choices, chosen);
    }

    private static Map<String, String> withTowns(PageContext page, Map<String, String> choices, String chosen) {
        choices.putAll(towns(page.locale()));
        if (TimeZones.known(chosen).isPresent()) {
            choices.putIfAbsent(chosen, chosen);
        }
        return choices;
    }

    /** Fills the field in. */
    public static Form fill(Form form, Optional<ZoneId> zone) {
        return form.fill(FIELD, zone.map(Zones::listed).orElse(""));
    }

    /** What was chosen, empty for not saying it; rejects what is no zone. */
    public static Optional<ZoneId> read(Form form) {
        String chosen = form.trimmed(FIELD);
        Optional<ZoneId> zone = TimeZones.known(chosen);
        if (zone.isEmpty() && !chosen.isEmpty()) {
            form.reject(FIELD, "site.zone.unknown");
        }
        return zone;
    }
}
