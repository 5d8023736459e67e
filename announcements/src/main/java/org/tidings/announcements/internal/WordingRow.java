package org.tidings.announcements.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.Slot;
import org.tidings.announcements.Window;
import org.tidings.announcements.Wording;
import org.tidings.site.Languages;

/** A {@link Wording} in columns; a record cannot be embedded by EclipseLink 4. */
@Embeddable
class WordingRow {
    private String headline = "";
    private String what = "";
    private String affected = "";
    private String impact = "";

    @Column(name = "action_needed")
    private String action = "";

    private String contact = "";

    @Column(name = "if_missed")
    private String ifMissed = "";

    /** {@link #name} of the window for which it was last written; null where that was not kept yet. */
    @Column(name = "written_for")
    private @Nullable String writtenFor;

    protected WordingRow() {}

    WordingRow(Wording wording) {
        headline = wording.text(Slot.HEADLINE);
        what = wording.text(Slot.WHAT);
        affected = wording.text(Slot.AFFECTED);
        impact = wording.text(Slot.IMPACT);
        action = wording.text(Slot.ACTION);
        contact = wording.text(Slot.CONTACT);
        ifMissed = wording.text(Slot.IF_MISSED);
    }

    /** @param before what stood here until now: the same text is as old as it was */
    private WordingRow writtenFor(String window, @Nullable WordingRow before) {
        writtenFor = before == null || !before.wording().equals(wording()) ? window : before.writtenFor;
        return this;
    }

    private boolean isOlderThan(String window) {
        return writtenFor != null && !writtenFor.equals(window);
    }

    private static String name(Optional<Window> window) {
        return window.map(w -> w.start().toInstant() + "/"
                        + w.end().map(end -> end.toInstant().toString()).orElse("") + "/"
                        + w.zone().getId())
                .orElse("");
    }

    /** Each language in a row of its own, which remembers for which window it was written. */
    static void write(Map<String, WordingRow> rows, AnnouncementContent content) {
        Map<String, WordingRow> before = new HashMap<>(rows);
        rows.clear();
        String window = name(content.window());
        content.wordings()
                .forEach((language, text) -> rows.put(
                        language.getLanguage(),
                        new WordingRow(text).writtenFor(window, before.get(language.getLanguage()))));
    }

    static Map<Locale, Wording> read(Map<String, WordingRow> rows) {
        Map<Locale, Wording> texts = new LinkedHashMap<>();
        rows.forEach((language, row) -> texts.put(Locale.forLanguageTag(language), row.wording()));
        return texts;
    }

    /** Languages whose text was written for another window. */
    static List<Locale> olderThan(Map<String, WordingRow> rows, Optional<Window> window) {
        String now = name(window);
        return Languages.ALL.stream()
                .filter(language -> Optional.ofNullable(rows.get(language.getLanguage()))
                        .filter(row -> row.isOlderThan(now))
                        .isPresent())
                .toList();
    }

    Wording wording() {
        Map<Slot, String> texts = new EnumMap<>(Slot.class);
        texts.put(Slot.HEADLINE, headline);
        texts.put(Slot.WHAT, what);
        texts.put(Slot.AFFECTED, affected);
        texts.put(Slot.IMPACT, impact);
        texts.put(Slot.ACTION, action);
        texts.put(Slot.CONTACT, contact);
        texts.put(Slot.IF_MISSED, ifMissed);
        return new Wording(texts);
    }
}
