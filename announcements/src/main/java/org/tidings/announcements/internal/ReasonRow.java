package org.tidings.announcements.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidings.announcements.Finding;
import org.tidings.announcements.Finding.Rule;
import org.tidings.announcements.Place;

/** Why a finding was let stand, and what it was. Those of before version 2 have the key alone. */
@Embeddable
class ReasonRow {

    private static final Map<String, Rule> FORMER =
            Map.of("PROMOTIONAL_WORD", Rule.BENEFIT, "SUPERLATIVE", Rule.PRAISE);
    private static final int PARTS = 4;

    private String reason = "";
    private @Nullable String language;
    private @Nullable String place;

    @Column(name = "rule_code")
    private @Nullable String rule;

    private @Nullable String passage;
    private @Nullable String sentence;

    protected ReasonRow() {}

    ReasonRow(Finding finding, String reason) {
        this.reason = reason;
        language = finding.language().getLanguage();
        place = finding.place().name();
        rule = finding.rule().name();
        passage = finding.passage();
        sentence = finding.sentence();
    }

    static void write(Map<String, ReasonRow> rows, Map<Finding, String> confirmed) {
        rows.clear();
        confirmed.forEach((finding, why) -> rows.put(finding.key(), new ReasonRow(finding, why)));
    }

    static Map<String, String> reasons(Map<String, ReasonRow> rows) {
        Map<String, String> all = new LinkedHashMap<>();
        rows.forEach((key, row) -> all.put(key, row.reason));
        return all;
    }

    static List<Finding> findings(Map<String, ReasonRow> rows) {
        return rows.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> entry.getValue().finding(entry.getKey()).stream())
                .toList();
    }

    /** @param key under which it is kept: {@code en.what.PRICE.20 %} in the first version */
    private Optional<Finding> finding(String key) {
        if (language != null && place != null && rule != null && passage != null) {
            return Optional.of(new Finding(
                    Locale.forLanguageTag(language),
                    Place.valueOf(place),
                    Rule.valueOf(rule),
                    passage,
                    sentence == null ? "" : sentence));
        }
        String[] parts = key.split("\\.", PARTS);
        try {
            return Optional.of(new Finding(
                    Locale.forLanguageTag(parts[0]),
                    Place.valueOf(parts[1].toUpperCase(Locale.ROOT).replace('-', '_')),
                    FORMER.containsKey(parts[2]) ? FORMER.get(parts[2]) : Rule.valueOf(parts[2]),
                    parts[3],
                    ""));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException unreadable) {
            return Optional.empty();
        }
    }
}
